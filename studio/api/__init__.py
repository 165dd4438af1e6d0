"""The API: the same functions as the pages, for programs. Views are thin; services, selectors and studio.access are the pages' own."""
