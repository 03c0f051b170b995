//! `async-stripe`, a client of Stripe's API that is not ours, at work on the sandbox: what it decodes has Stripe's
//! shape, for it knows no other. The environment variable `STRIPE_SANDBOX` names the program.

mod billing;
mod catalogue;
mod errors;
mod lists;
mod payments;
mod saved_methods;
mod states;
mod webhooks;
mod world;
