//! What the Payment Element says when the shopper changes it.

use crate::readable::Readable;

/// What changed in the Payment Element.
///
/// See <https://docs.stripe.com/js/element/events/on_change?type=paymentElement>.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentChange {
    /// Nothing is filled in.
    pub empty: bool,
    /// Everything is well formed, so far as can be told. No reason to move the focus: the shopper may still be typing.
    pub complete: bool,
    /// No payment method is open.
    pub collapsed: bool,
    /// The chosen payment method's type, such as `card`.
    pub payment_method_type: Option<String>,
    /// The chosen saved payment method, `pm_…`.
    pub saved_payment_method: Option<String>,
}

impl PaymentChange {
    pub(crate) fn read(event: &impl Readable) -> Self {
        let value = event.object("value");
        let value = value.as_ref();
        Self {
            empty: event.flag("empty").unwrap_or_default(),
            complete: event.flag("complete").unwrap_or_default(),
            collapsed: event.flag("collapsed").unwrap_or_default(),
            payment_method_type: value.and_then(|value| value.text("type")),
            saved_payment_method: value
                .and_then(|value| value.object("payment_method")?.text("id")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_change_is_read_tolerantly() {
        for (event, expected) in [
            (
                json!({
                    "elementType": "payment",
                    "empty": false,
                    "complete": true,
                    "collapsed": false,
                    "value": { "type": "card", "payment_method": { "id": "pm_1", "type": "card" } },
                    "weather": "fine",
                }),
                PaymentChange {
                    empty: false,
                    complete: true,
                    collapsed: false,
                    payment_method_type: Some("card".into()),
                    saved_payment_method: Some("pm_1".into()),
                },
            ),
            (
                json!({ "empty": true, "collapsed": true, "value": { "type": "afterpay_clearpay" } }),
                PaymentChange {
                    empty: true,
                    complete: false,
                    collapsed: true,
                    payment_method_type: Some("afterpay_clearpay".into()),
                    saved_payment_method: None,
                },
            ),
            (
                json!({ "empty": "yes", "value": null }),
                PaymentChange {
                    empty: false,
                    complete: false,
                    collapsed: false,
                    payment_method_type: None,
                    saved_payment_method: None,
                },
            ),
        ] {
            assert_eq!(PaymentChange::read(&event), expected, "{event}");
        }
    }
}
