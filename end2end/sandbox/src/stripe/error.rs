//! Errors in Stripe's shape (docs.stripe.com/api/errors): an HTTP status and the body's `error` object.

use super::decline::{self, Decline};
use crate::stripe::json::{Object, Value, json};

/// What an operation yields. The error is boxed: it carries whole objects, and is rare.
pub(crate) type Result<T> = std::result::Result<T, Box<Error>>;

/// `error.type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorType {
    Api,
    Card,
    Idempotency,
    InvalidRequest,
}

impl ErrorType {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            ErrorType::Api => "api_error",
            ErrorType::Card => "card_error",
            ErrorType::Idempotency => "idempotency_error",
            ErrorType::InvalidRequest => "invalid_request_error",
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Error {
    /// HTTP status.
    pub status: u16,
    pub kind: ErrorType,
    pub code: Option<&'static str>,
    pub decline_code: Option<&'static str>,
    pub message: String,
    pub param: Option<String>,
    /// Id of the failed charge.
    pub charge: Option<String>,
    pub payment_intent: Option<Value>,
    pub setup_intent: Option<Value>,
    pub payment_method: Option<Value>,
    /// The header `Stripe-Should-Retry`, where Stripe sends it.
    pub should_retry: Option<bool>,
    /// Whether the request had an effect all the same, so that its idempotency key keeps the refusal.
    pub carried_out: bool,
}

impl Error {
    fn new(status: u16, kind: ErrorType, message: impl Into<String>) -> Box<Self> {
        Box::new(Error {
            status,
            kind,
            code: None,
            decline_code: None,
            message: message.into(),
            param: None,
            charge: None,
            payment_intent: None,
            setup_intent: None,
            payment_method: None,
            should_retry: None,
            carried_out: false,
        })
    }

    /// 400 `invalid_request_error`.
    pub(crate) fn invalid(message: impl Into<String>) -> Box<Self> {
        Error::new(400, ErrorType::InvalidRequest, message)
    }

    /// 401: who is asking is not known, or may not ask this.
    pub(crate) fn unauthorized(message: impl Into<String>) -> Box<Self> {
        Error::new(401, ErrorType::InvalidRequest, message)
    }

    /// 402 `card_error`, which a client must not repeat.
    pub(crate) fn card(code: &'static str, message: impl Into<String>) -> Box<Self> {
        let mut error = Error::new(402, ErrorType::Card, message).code(code);
        error.should_retry = Some(false);
        error
    }

    /// 402, as an issuer, or Radar in its place, gives it.
    pub(crate) fn declined(decline: Decline) -> Box<Self> {
        let mut error = Error::card(decline.code(), decline.message());
        error.decline_code = decline.decline_code();
        error.param = error.advice().param.map(str::to_owned);
        error
    }

    fn advice(&self) -> decline::Advice {
        let reason = self.decline_code.or(self.code);
        reason.map(decline::advice).unwrap_or_default()
    }

    pub(crate) fn idempotency(status: u16, message: impl Into<String>) -> Box<Self> {
        Error::new(status, ErrorType::Idempotency, message)
    }

    /// Any status, as a fault asks for it.
    pub(crate) fn api(status: u16, message: impl Into<String>) -> Box<Self> {
        Error::new(status, ErrorType::Api, message)
    }

    /// 404 for an id in the path.
    pub(crate) fn missing(object: &str, id: &str) -> Box<Self> {
        let mut error = Error::missing_param(object, id, "id");
        error.status = 404;
        error
    }

    /// 404 for an intent's id in the path.
    pub(crate) fn missing_intent(object: &str, id: &str) -> Box<Self> {
        Error::missing(object, id).param("intent")
    }

    /// 400 for an id given in parameter `param`.
    pub(crate) fn missing_param(object: &str, id: &str, param: &str) -> Box<Self> {
        Error::invalid(format!("No such {object}: '{id}'"))
            .code("resource_missing")
            .param(param)
    }

    pub(crate) fn status(mut self: Box<Self>, status: u16) -> Box<Self> {
        self.status = status;
        self
    }

    pub(crate) fn code(mut self: Box<Self>, code: &'static str) -> Box<Self> {
        self.code = Some(code);
        self
    }

    pub(crate) fn param(mut self: Box<Self>, param: impl Into<String>) -> Box<Self> {
        self.param = Some(param.into());
        self
    }

    pub(crate) fn carried_out(mut self: Box<Self>) -> Box<Self> {
        self.carried_out = true;
        self
    }

    pub(crate) fn payment_intent(mut self: Box<Self>, intent: Value) -> Box<Self> {
        self.payment_intent = Some(intent);
        self
    }

    pub(crate) fn body(&self) -> Value {
        let mut error = Object::new();
        let mut put = |name: &'static str, value: Option<Value>| {
            if let Some(value) = value {
                error.insert(name, value);
            }
        };
        put("type", Some(json!(self.kind.as_str())));
        put("message", Some(json!(self.message)));
        put("code", self.code.map(Value::from));
        put("doc_url", self.code.map(|code| json!(doc_url(code))));
        put("decline_code", self.decline_code.map(Value::from));
        if self.kind == ErrorType::Card {
            let advice = self.advice();
            put("advice_code", advice.advice_code.map(Value::from));
            let network = advice.network_decline_code;
            put("network_decline_code", network.map(Value::from));
        }
        put("param", self.param.clone().map(Value::from));
        put("charge", self.charge.clone().map(Value::from));
        put("payment_intent", self.payment_intent.clone());
        put("setup_intent", self.setup_intent.clone());
        put("payment_method", self.payment_method.clone());
        json!({ "error": error })
    }
}

/// Stripe's page about an error code.
pub(crate) fn doc_url(code: &str) -> String {
    format!(
        "https://stripe.com/docs/error-codes/{}",
        code.replace('_', "-")
    )
}
