# coding: utf-8
a=1
get_ipython().run_line_magic('history','-g')
