"""Whether works exist, and whether public registries say the same of them: verdicts from records. Pure.

- ``evidence``: a work beside one record, field by field (``text.comparison``);
- ``verdicts``: what a record is to a work, by one table, and the verdict on all records;
- ``plan``: which registry is asked next, given the answers so far;
- ``report``: verdicts as JSON, lines and a summary.
"""

from tajikpeace_refs.verification.plan import next_queries as next_queries
from tajikpeace_refs.verification.verdicts import FAILING as FAILING
from tajikpeace_refs.verification.verdicts import VERDICTS as VERDICTS
from tajikpeace_refs.verification.verdicts import Verification as Verification
from tajikpeace_refs.verification.verdicts import verdict as verdict
