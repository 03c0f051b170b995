//! The only function that moves an order by what Stripe says.
//!
//! It is total (every state meets every fact) and monotone: the same fact twice changes nothing, a late failure
//! never undoes a payment, and what does not add up is held for the merchant instead of believed.

use crate::intent::Baseline;
use crate::ledger::{Dispute, Refund};
use crate::{IntentId, IntentSnapshot, IntentStatus, LiveIntent, Order, Payment, ShopId, words};

/// An order after a fact, and what else follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The order; equal to what it was if the fact was no news.
    pub order: Order,
    /// What else must happen.
    pub news: Option<News>,
}

/// What follows from a fact besides the order itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The order is paid for, or the money is held, for the first time: close the cart, tell the shop.
    /// An intent that the order stood on before, and that now must never be confirmed, is to be cancelled.
    Settled {
        /// The intent left behind, if any.
        abandoned: Option<IntentId>,
    },
    /// Held money was taken.
    Captured,
    /// The order has ended, as the merchant asked.
    Cancelled,
    /// Money went back to the shopper, or a refund failed.
    Refund(Refund),
    /// A bank claims money back, or has decided.
    Dispute(Dispute),
    /// Money that must go back: the order was paid already, or was cancelled.
    ReturnMoney {
        /// The intent that took it.
        intent: IntentId,
        /// Taken (refund it) or only held (cancel the intent).
        captured: bool,
        /// Why, for the merchant.
        reason: &'static str,
    },
    /// The fact does not fit the order: held for the merchant.
    Quarantined {
        /// What does not fit.
        reason: String,
    },
}

/// Moves `order` by what Stripe says one of its intents is. `shop` and `livemode` are this server's: another
/// shop's intent is left alone.
#[must_use]
pub fn apply(order: &Order, snapshot: &IntentSnapshot, shop: &ShopId, livemode: bool) -> Applied {
    if snapshot.shop.as_deref() != Some(shop.as_str()) {
        return unchanged(order);
    }
    if let Some(reason) = apply_mismatch(order, snapshot, livemode) {
        if order.quarantine.is_some() {
            return unchanged(order);
        }
        let held = Order {
            quarantine: Some(reason.clone()),
            ..order.clone()
        };
        return Applied {
            order: held,
            news: Some(News::Quarantined { reason }),
        };
    }
    match snapshot.status {
        IntentStatus::Succeeded => apply_money(order, snapshot, Payment::Paid),
        IntentStatus::RequiresCapture => apply_money(order, snapshot, Payment::Authorised),
        _ if !concerns(order, snapshot) => unchanged(order),
        IntentStatus::Processing => apply_waiting(order, snapshot, Payment::Processing),
        IntentStatus::RequiresAction | IntentStatus::RequiresConfirmation => {
            apply_waiting(order, snapshot, Payment::ActionNeeded)
        }
        IntentStatus::RequiresPaymentMethod => apply_failure(order, snapshot),
        IntentStatus::Canceled => apply_canceled(order, snapshot),
        IntentStatus::Other(_) => unchanged(order),
    }
}

/// Writes what Stripe says of a refund into the order's ledger.
#[must_use]
pub fn apply_refund(order: &Order, refund: &Refund) -> Applied {
    let mut noted = order.clone();
    let news = noted.ledger.note_refund(refund);
    Applied {
        order: noted,
        news: news.then(|| News::Refund(refund.clone())),
    }
}

/// Writes what Stripe says of a dispute into the order's ledger.
#[must_use]
pub fn apply_dispute(order: &Order, dispute: &Dispute) -> Applied {
    let mut noted = order.clone();
    let news = noted.ledger.note_dispute(dispute);
    Applied {
        order: noted,
        news: news.then(|| News::Dispute(dispute.clone())),
    }
}

/// What does not add up. Amounts are compared once money is about to move: an intent that waits for a method may
/// lag behind a repriced order, and is brought up to it before the next confirmation.
fn apply_mismatch(order: &Order, snapshot: &IntentSnapshot, livemode: bool) -> Option<String> {
    let total = order.total.amount_minor();
    let id = &snapshot.id;
    if snapshot.order.as_deref() != Some(order.key.as_str()) {
        return Some(format!("{id} names another order"));
    }
    if snapshot.livemode != livemode {
        return Some(format!(
            "{id} is of the other mode: livemode {}",
            snapshot.livemode
        ));
    }
    if snapshot.currency != order.total.currency().code() {
        return Some(format!(
            "{id} is in {}, the order in {}",
            snapshot.currency,
            order.total.currency().code()
        ));
    }
    let taken = match snapshot.status {
        IntentStatus::Succeeded => snapshot.received_minor,
        IntentStatus::RequiresCapture => snapshot.capturable_minor,
        IntentStatus::Processing | IntentStatus::RequiresAction if concerns(order, snapshot) => {
            total
        }
        _ => return None,
    };
    let amount = snapshot.amount_minor;
    // Only what is known to be held may be taken in part.
    let least = match order.payment {
        Payment::Authorised | Payment::Paid => 1,
        _ => total,
    };
    (amount != total || !(least..=total).contains(&taken)).then(|| {
        format!(
            "{id} is over {amount} with {taken} taken or held, the order over {total} (minor units)"
        )
    })
}

/// Whether a fact short of money is about the intent this order stands on. An order that stands on none takes the one
/// its open attempt made, whose answer was lost; one that an earlier attempt made, late, says nothing about this one.
fn concerns(order: &Order, snapshot: &IntentSnapshot) -> bool {
    if let Some(intent) = &order.intent {
        return intent.id == snapshot.id;
    }
    let of_another = match (&order.attempt, snapshot.attempt) {
        (Some(open), Some(made_by)) => open.number != made_by,
        _ => false,
    };
    !of_another && !order.left.contains(&snapshot.id)
}

fn unchanged(order: &Order) -> Applied {
    Applied {
        order: order.clone(),
        news: None,
    }
}

fn standing_on(order: &Order, snapshot: &IntentSnapshot, payment: Payment) -> Order {
    let intent = LiveIntent {
        id: snapshot.id.clone(),
        amount_minor: Some(snapshot.amount_minor),
        baseline: snapshot.baseline.clone(),
    };
    order.standing_on(Some(intent), payment)
}

/// Money taken or held.
fn apply_money(order: &Order, snapshot: &IntentSnapshot, payment: Payment) -> Applied {
    let captured = payment == Payment::Paid;
    let same = order
        .intent
        .as_ref()
        .is_some_and(|intent| intent.id == snapshot.id);
    let give_back = |reason| Applied {
        order: order.clone(),
        news: Some(News::ReturnMoney {
            intent: snapshot.id.clone(),
            captured,
            reason,
        }),
    };
    match order.payment {
        Payment::Paid if same && captured && snapshot.received_minor > order.captured_minor => {
            Applied {
                order: Order {
                    captured_minor: snapshot.received_minor,
                    ..order.clone()
                },
                news: None,
            }
        }
        Payment::Paid if same => unchanged(order),
        Payment::Authorised if same && !captured => unchanged(order),
        Payment::Authorised if same => Applied {
            order: Order {
                captured_minor: snapshot.received_minor,
                ending: false,
                ..standing_on(order, snapshot, payment)
            },
            news: Some(News::Captured),
        },
        Payment::Paid | Payment::Authorised => give_back("the order was paid already"),
        Payment::Cancelled => give_back("the order was cancelled"),
        Payment::Open { .. } | Payment::Paying | Payment::ActionNeeded | Payment::Processing => {
            let abandoned = order
                .intent
                .as_ref()
                .map(|intent| &intent.id)
                .filter(|id| **id != snapshot.id)
                .cloned();
            Applied {
                order: Order {
                    captured_minor: if captured { snapshot.received_minor } else { 0 },
                    // Held money may still be released; taken money may not.
                    ending: order.ending && !captured,
                    ..standing_on(order, snapshot, payment)
                },
                news: Some(News::Settled { abandoned }),
            }
        }
    }
}

/// The bank, or the shopper's bank's question, is awaited.
fn apply_waiting(order: &Order, snapshot: &IntentSnapshot, payment: Payment) -> Applied {
    match order.payment {
        Payment::Open { .. } | Payment::Paying | Payment::ActionNeeded => Applied {
            order: standing_on(order, snapshot, payment),
            news: None,
        },
        // An intent does not go from processing back to a question: this look is older than what we know.
        Payment::Processing | Payment::Authorised | Payment::Paid | Payment::Cancelled => {
            unchanged(order)
        }
    }
}

/// The intent waits for a method: the last one failed, or nothing has happened yet.
fn apply_failure(order: &Order, snapshot: &IntentSnapshot) -> Applied {
    let failed = || {
        let notice = Some(words::of_failure(snapshot.baseline.last_error.as_ref()).to_owned());
        Applied {
            order: standing_on(order, snapshot, Payment::Open { notice }),
            news: None,
        }
    };
    match &order.payment {
        Payment::Paying => {
            let before = match order
                .attempt
                .as_ref()
                .and_then(|attempt| attempt.on.as_ref())
            {
                Some((_, baseline)) => baseline.clone(),
                None => Baseline::default(),
            };
            // What stood there before the attempt was sent says nothing about the attempt. Nor does an intent without
            // an error: the update that goes before a confirmation clears the last one.
            if snapshot.baseline == before || snapshot.baseline.last_error.is_none() {
                unchanged(order)
            } else {
                failed()
            }
        }
        Payment::ActionNeeded | Payment::Processing => failed(),
        Payment::Open { notice } => {
            let order = standing_on(
                order,
                snapshot,
                Payment::Open {
                    notice: notice.clone(),
                },
            );
            Applied { order, news: None }
        }
        Payment::Authorised | Payment::Paid | Payment::Cancelled => unchanged(order),
    }
}

/// The intent is over. Unless the shop ended the order, another may follow.
fn apply_canceled(order: &Order, snapshot: &IntentSnapshot) -> Applied {
    let reopened = |notice: Option<String>| Applied {
        order: order.standing_on(None, Payment::Open { notice }),
        news: None,
    };
    if order.ending {
        return Applied {
            order: Order {
                ending: false,
                ..order.standing_on(None, Payment::Cancelled)
            },
            news: Some(News::Cancelled),
        };
    }
    match &order.payment {
        Payment::Open { notice } => reopened(notice.clone()),
        Payment::Paying | Payment::ActionNeeded | Payment::Processing => {
            reopened(Some(words::ENDED.to_owned()))
        }
        Payment::Authorised
            if order
                .intent
                .as_ref()
                .is_some_and(|intent| intent.id == snapshot.id) =>
        {
            reopened(Some(words::ENDED.to_owned()))
        }
        Payment::Authorised | Payment::Paid | Payment::Cancelled => unchanged(order),
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
