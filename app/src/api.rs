//! The server functions: the two questions the payment form asks. They call the [`Shop`](crate::ports::Shop) port
//! and know nothing else.

// The macro's argument structs have fields that no comment can reach.
#![allow(missing_docs)]

use checkout::Answer;
use leptos::prelude::*;
use leptos::server_fn::codec::{Json, JsonEncoding};
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};

use crate::ports::{Confirm, Question, ShopError};

/// Stores the attempt, then creates and confirms its intent in one call to Stripe.
#[server(endpoint = "confirm_order", input = Json)]
pub async fn confirm_order(request: Confirm) -> Result<Answer, ShopError> {
    answered(
        expect_context::<crate::ports::ShopHandle>()
            .confirm(request)
            .await,
    )
}

/// Asks where an attempt stands.
#[server(endpoint = "order_outcome", input = Json)]
pub async fn order_outcome(question: Question) -> Result<Answer, ShopError> {
    answered(
        expect_context::<crate::ports::ShopHandle>()
            .outcome(question)
            .await,
    )
}

/// Gives a failure its status: Leptos would answer 500 for each.
#[cfg(feature = "ssr")]
fn answered(answer: Result<Answer, ShopError>) -> Result<Answer, ShopError> {
    use leptos_axum::ResponseOptions;

    if let (Err(error), Some(response)) = (&answer, use_context::<ResponseOptions>()) {
        response.set_status(error.status());
    }
    answer
}

impl FromServerFnError for ShopError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> ShopError {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => {
                #[cfg(feature = "ssr")]
                let _ = answered(Err(ShopError::Malformed));
                ShopError::Malformed
            }
            _ => ShopError::Unavailable,
        }
    }
}
