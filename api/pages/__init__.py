"""The pages people see; each draws what a use case answers, under the same permissions as the API."""
