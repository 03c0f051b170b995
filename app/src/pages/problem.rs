//! What is shown instead of a page: not found, refused, broken.
