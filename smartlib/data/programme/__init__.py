"""When regions were selected, and outcomes by region and year, as compiled."""

from smartlib.data.programme.cohorts import Cohorts, load_cohorts
from smartlib.data.programme.outcomes import Outcomes, load_outcomes
