//! The shop's program and the sandbox's, as two processes, and shoppers who pay there. What is done with them stands in
//! `bin/`: `crash` kills the shop again and again, `load` measures it.

mod processes;
mod shopper;

pub use processes::{Sandbox, Shop, WEBHOOK_SECRET, free_port};
pub use shopper::Shopper;
