//! `GET /orders/{key}`: the order, in every state its payment can be in.
//!
//! What is shown is the order's state and nothing else: whatever Stripe appended to the address is not read.

use checkout::{Money, Order, Payment};
use leptos::prelude::*;

use crate::components::{Receipt, Recipient};

/// How a state feels: the colour of its badge.
#[derive(Clone, Copy)]
enum Mood {
    Done,
    Waiting,
    Working,
    Ended,
}

impl Mood {
    fn class(self) -> &'static str {
        match self {
            Mood::Done => "badge badge-done",
            Mood::Waiting => "badge badge-waiting",
            Mood::Working => "badge badge-working",
            Mood::Ended => "badge badge-ended",
        }
    }
}

/// What a state says: a badge, what it means, and what there is to do.
struct Status {
    mood: Mood,
    badge: &'static str,
    words: &'static str,
    /// What the link to the checkout is called, where there is something to do there.
    go_on: Option<&'static str>,
}

fn status(order: &Order) -> Status {
    let (mood, badge, words, go_on) = match &order.payment {
        _ if order.ending => (
            Mood::Working,
            "Being cancelled",
            "This order is being cancelled. Nothing more is charged for it, and what your bank holds is released.",
            None,
        ),
        Payment::Paid if order.captured_minor > 0 && order.refundable_minor() == 0 => (
            Mood::Ended,
            "Refunded",
            "All you paid for this order goes back to where it came from. Banks take up to ten days to show it.",
            None,
        ),
        Payment::Open { .. } => (
            Mood::Waiting,
            "Waiting for payment",
            "Nothing has been charged yet. You can pay whenever you like.",
            Some("Pay for this order"),
        ),
        Payment::Paying => (
            Mood::Working,
            "Checking your payment",
            "We are asking what became of your payment. This page looks again by itself; please do not pay a second time.",
            None,
        ),
        Payment::ActionNeeded => (
            Mood::Waiting,
            "Waiting for your bank",
            "Your bank wants to hear from you before it pays. If you have just confirmed it, this page will say so in a moment.",
            Some("Continue with your bank"),
        ),
        Payment::Processing => (
            Mood::Working,
            "Payment processing",
            "Your payment is on its way, which can take a while. There is nothing more to do; this page shows when it has arrived.",
            None,
        ),
        Payment::Authorised => (
            Mood::Done,
            "Payment authorised",
            "Thank you. Your bank holds the amount for us, and it is taken when your order ships.",
            None,
        ),
        Payment::Paid => (
            Mood::Done,
            "Paid",
            "Thank you. Your payment has arrived, and we are packing your order. Keep this page's address: it always shows how things stand.",
            None,
        ),
        Payment::Cancelled => (
            Mood::Ended,
            "Cancelled",
            "This order has ended and will not be sent. To buy these things after all, put them into your cart again.",
            None,
        ),
    };
    Status {
        mood,
        badge,
        words,
        go_on,
    }
}

/// An order: where its payment stands, what was bought, where it goes.
#[component]
pub fn OrderPage(
    /// The order.
    order: Order,
) -> impl IntoView {
    let reference = order.key.reference();
    let content = if order.quarantine.is_some() {
        view! { <LookingInto /> }.into_any()
    } else {
        view! { <Standing order /> }.into_any()
    };
    view! {
        <article class="order">
            <h1>"Order " <span class="digits">{reference}</span></h1>
            {content}
        </article>
    }
    .into_any()
}

/// Something about the payment is not as it should be. What, is for the shop's people alone.
#[component]
fn LookingInto() -> impl IntoView {
    view! {
        <p class=Mood::Waiting.class()>"We are looking into this payment"</p>
        <p class="status-words">
            "Something about it needs a person to look at it, so this order is on hold. "
            "Please do not pay again, and keep the number above at hand: we can find everything by it."
        </p>
    }
}

#[component]
fn Standing(order: Order) -> impl IntoView {
    let Status {
        mood,
        badge,
        words,
        go_on,
    } = status(&order);
    let returned = (order.payment == Payment::Paid)
        .then(|| order.captured_minor - order.refundable_minor())
        .filter(|minor| (1..order.captured_minor).contains(minor))
        .and_then(|minor| Money::new(minor, order.total.currency()).ok())
        .map(|money| {
            view! { <p class="notice">{money.to_string()} " of it goes back to where it came from."</p> }
        });
    let notice = match order.payment {
        Payment::Open { notice } => {
            notice.map(|words| view! { <p class="notice notice-danger">{words}</p> })
        }
        _ => None,
    };
    let go_on = go_on.map(|label| {
        view! {
            <p class="actions">
                <a class="button" href=order.key.checkout_page()>
                    {label}
                </a>
            </p>
        }
    });
    let recipient = order.details.map(|details| {
        view! {
            <section class="panel" aria-labelledby="recipient-heading">
                <h2 id="recipient-heading">"Details"</h2>
                <Recipient details />
            </section>
        }
    });
    view! {
        <p class=mood.class()>{badge}</p>
        {notice}
        {returned}
        <p class="status-words">{words}</p>
        {go_on}
        <div class="order-parts">
            <section aria-label="Receipt">
                <Receipt lines=order.lines total=order.total />
            </section>
            {recipient}
        </div>
        <p class="leave">
            <a href="/">"Back to the shop"</a>
        </p>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::pages::fixtures;

    fn page(order: Order) -> String {
        fixtures::html(|| view! { <OrderPage order /> })
    }

    #[test]
    fn every_state_has_its_words_and_what_to_do() {
        let to_checkout = "href=\"/checkout/2tb9d5mpjtb9d5mpjtb9d5mpjt\"";
        let badges = [
            ("Waiting for payment", Some("Pay for this order")),
            ("Waiting for payment", Some("Pay for this order")),
            ("Checking your payment", None),
            ("Waiting for your bank", Some("Continue with your bank")),
            ("Payment processing", None),
            ("Payment authorised", None),
            ("Paid", None),
            ("Cancelled", None),
        ];
        for (payment, (badge, go_on)) in fixtures::payments().into_iter().zip(badges) {
            let html = page(fixtures::order(payment.clone()));
            assert!(html.contains(&format!(">{badge}</p>")), "{payment:?}");
            assert_eq!(html.contains(to_checkout), go_on.is_some(), "{payment:?}");
            assert!(
                go_on.is_none_or(|label| html.contains(label)),
                "{payment:?}"
            );
            assert_eq!(
                html.contains(">Paid</p>"),
                payment == Payment::Paid,
                "{payment:?}"
            );
        }
    }

    #[test]
    fn money_that_went_back_is_told() {
        let paid = fixtures::order(Payment::Paid);
        let intent = checkout::IntentId::parse("pi_1").unwrap();
        let refunded = |amount_minor| {
            let mut order = paid.clone();
            order.captured_minor = order.total.amount_minor();
            order.intent = Some(checkout::LiveIntent {
                id: intent.clone(),
                amount_minor: None,
                baseline: Default::default(),
            });
            order.ledger.refunds.push(checkout::ledger::Refund {
                id: "re_1".to_owned(),
                intent: intent.clone(),
                amount_minor,
                status: checkout::ledger::RefundStatus::Succeeded,
            });
            page(order)
        };
        let part = refunded(100);
        assert!(
            part.contains("$1.00")
                && part.contains(" of it goes back")
                && part.contains(">Paid</p>")
        );
        let all = refunded(paid.total.amount_minor());
        assert!(all.contains(">Refunded</p>") && !all.contains(" of it goes back"));
        let ending = page(Order {
            ending: true,
            ..fixtures::order(Payment::Authorised)
        });
        assert!(ending.contains(">Being cancelled</p>"));
    }

    #[test]
    fn a_decline_is_told_in_its_own_words() {
        let html = page(fixtures::order(Payment::Open {
            notice: Some("Your card has expired.".to_owned()),
        }));
        assert!(html.contains("Your card has expired."));
    }

    #[test]
    fn an_order_that_is_looked_into_shows_no_details_and_no_way_to_pay() {
        for payment in fixtures::payments() {
            let order = Order {
                quarantine: Some("amount differs".to_owned()),
                ..fixtures::order(payment)
            };
            let html = page(order.clone());
            assert!(
                html.contains("We are looking into this payment") && html.contains("2TB9-D5MP")
            );
            let told = [
                "amount differs",
                "London",
                "ada@example.com",
                "Service Bell",
                "/checkout/",
                ">Paid<",
            ];
            assert!(!told.iter().any(|words| html.contains(words)), "{html}");
        }
    }

    #[test]
    fn what_a_shopper_typed_is_text() {
        let html = page(fixtures::order(Payment::Paid));
        assert!(html.contains("Ada &lt;Lovelace&gt;") && !html.contains("<Lovelace>"));
    }
}
