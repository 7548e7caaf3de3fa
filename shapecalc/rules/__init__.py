"""What layer rules and op rules share: facts, requirements, refusals, argument kinds."""
