"""Rules: YAML documents, the measures they name, and the policy of the grade."""
