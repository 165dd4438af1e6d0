"""A version of a learner against what is in use: past briefs, the real pipeline, judged by the brand's scorer and by preflight."""
