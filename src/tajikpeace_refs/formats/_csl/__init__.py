"""CSL items as JSON and YAML hold them: what their formats share."""
