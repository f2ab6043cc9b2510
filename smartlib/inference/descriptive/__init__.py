"""What columns are like before anything is fitted: their spread, and how they go together."""

from smartlib.inference.descriptive.correlation import Correlations, correlations
from smartlib.inference.descriptive.summary import chosen_names, describe
