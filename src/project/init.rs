//! What `cordial init` writes.
