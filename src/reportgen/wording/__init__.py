"""Values → words: how an edition prints numbers, comparisons, dates, ordinals and prose."""
