"""Networks and what runs them. Knows neither Qt nor pipelines."""
