//! The server functions: the two questions the payment form asks. They call the [`Shop`](crate::ports::Shop) port
//! and know nothing else.

use checkout::Answer;
use leptos::prelude::*;
use leptos::server_fn::codec::{Json, JsonEncoding};
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};

use crate::ports::{Confirm, Question, ShopError};

/// Stores the attempt, then creates and confirms its intent in one call to Stripe.
#[server(endpoint = "confirm_order", input = Json)]
pub async fn confirm_order(request: Confirm) -> Result<Answer, ShopError> {
    expect_context::<crate::ports::ShopHandle>().confirm(request).await
}

/// Asks where an attempt stands.
#[server(endpoint = "order_outcome", input = Json)]
pub async fn order_outcome(question: Question) -> Result<Answer, ShopError> {
    expect_context::<crate::ports::ShopHandle>().outcome(question).await
}

impl FromServerFnError for ShopError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> ShopError {
        ShopError::Unavailable
    }
}
