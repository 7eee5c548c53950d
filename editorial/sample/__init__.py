"""The demonstration: its texts, its people, and the story that fills a site."""
