//! The checkout page as a state machine: `step(page, event) -> (page, command)`.
//!
//! It decides everything the page does and does nothing itself: an island turns clicks and answers into events and
//! runs the commands. It never sees a card, a price it could send as authority, or a clock.

use crate::{Answer, ClientSecret, Outcome, Refusal, TokenId, words};

/// The page: what the server said last, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What the next attempt is called.
    pub number: u32,
    /// A bank's question is open, from this visit or an earlier one: continue with it, or pay another way.
    pub question_open: bool,
    /// Where it is.
    pub phase: Phase,
}

/// Where the page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Stripe.js and the form are on their way.
    Loading {
        /// Why an earlier visit's attempt failed, in the shopper's words.
        notice: Option<String>,
    },
    /// The form waits for the shopper.
    Ready,
    /// The form is checked and a token made. Nothing has been sent.
    Submitting,
    /// The server was asked to pay with this token.
    Confirming {
        /// Kept, so that a call that got lost can be made again without a second charge.
        token: TokenId,
        /// How often the server was asked what became of it.
        asks: u32,
    },
    /// The bank asks the shopper.
    Authenticating {
        /// It has been asking for so long that something may have got lost.
        late: bool,
    },
    /// What became of the payment is being asked.
    Checking {
        /// The token of a confirm whose answer was lost.
        token: Option<TokenId>,
        /// How often the server was asked.
        asks: u32,
    },
    /// It failed; the form is open again.
    Declined {
        /// Why, in the shopper's words.
        words: String,
    },
    /// The server did not try.
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// On to the order page.
    Leaving,
    /// The form could not be loaded.
    Unavailable,
}

/// What happens to the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The form is there.
    FormReady,
    /// Stripe.js or the form could not be loaded.
    FormFailed,
    /// The form has been on its way for half a minute.
    FormTakesLong,
    /// The shopper asks to load it again.
    Retry,
    /// The shopper presses Pay.
    Pay,
    /// The shopper goes on with the bank's question.
    Continue,
    /// Something in the form is missing; it says so itself.
    FormIncomplete,
    /// No token: Stripe.js says why.
    TokenFailed {
        /// For the shopper.
        words: String,
    },
    /// The token.
    TokenMade(TokenId),
    /// The server's answer, to a confirm or a question.
    Answered(Answer),
    /// The server's answer did not arrive.
    AnswerLost,
    /// The bank's question has been open for a minute.
    ActionTakesLong,
    /// The bank's question is over, however it ended: only the server's word counts.
    ActionEnded,
}

/// What the island does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Load Stripe.js and mount the form.
    LoadForm,
    /// Check the form and make a ConfirmationToken.
    MakeToken,
    /// Ask the server to pay.
    Confirm {
        /// The attempt's number.
        number: u32,
        /// The attempt's token.
        token: TokenId,
    },
    /// Let the bank ask.
    HandleAction(ClientSecret),
    /// Ask the server where the order stands.
    Ask {
        /// The attempt asked about.
        number: u32,
        /// Wait so long first, milliseconds.
        after_ms: u32,
    },
    /// Go to the order page.
    GoToOrder,
}

/// After so many questions, about a minute, the page says that it takes long and where the answer will be.
pub const LATE_ASKS: u32 = 30;

/// How long to wait before question `asks`: a second at first, two later, so that [`LATE_ASKS`] come to a minute.
fn ask_after_ms(asks: u32) -> u32 {
    match asks {
        0 => 0,
        1..5 => 1_000,
        5..LATE_ASKS => 2_000,
        _ => 5_000,
    }
}

impl Page {
    /// A page as the server rendered it.
    #[must_use]
    pub fn new(number: u32, question_open: bool, notice: Option<String>) -> Page {
        Page {
            number,
            question_open,
            phase: Phase::Loading { notice },
        }
    }

    /// Whether the Pay button works: only in a hydrated page with its form.
    #[must_use]
    pub fn can_pay(&self) -> bool {
        matches!(self.phase, Phase::Ready | Phase::Declined { .. })
    }

    /// Whether the shopper may go on with a bank's question.
    #[must_use]
    pub fn can_continue(&self) -> bool {
        self.question_open && self.can_pay()
    }

    /// Whether something is under way that must not be disturbed.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(
            self.phase,
            Phase::Submitting
                | Phase::Confirming { .. }
                | Phase::Authenticating { .. }
                | Phase::Checking { .. }
                | Phase::Leaving
        )
    }

    /// Whether the answer is so long in coming that the shopper may leave and look later.
    #[must_use]
    pub fn is_late(&self) -> bool {
        match self.phase {
            Phase::Authenticating { late } => late,
            Phase::Confirming { asks, .. } | Phase::Checking { asks, .. } => asks >= LATE_ASKS,
            _ => false,
        }
    }

    fn to(&self, phase: Phase) -> Page {
        Page { phase, ..*self }
    }

    fn confirm(&self, token: TokenId, asks: u32) -> (Page, Option<Command>) {
        let confirm = Command::Confirm {
            number: self.number,
            token: token.clone(),
        };
        (self.to(Phase::Confirming { token, asks }), Some(confirm))
    }

    /// Asks about the attempt that carries `token`; without one about the last attempt, whose question was put. Under
    /// the next number the server would know of no attempt, and a failed question would end without a word.
    fn check(&self, token: Option<TokenId>, asks: u32) -> (Page, Option<Command>) {
        let number = match token {
            Some(_) => self.number,
            None => self.number.saturating_sub(1),
        };
        let ask = Command::Ask {
            number,
            after_ms: ask_after_ms(asks),
        };
        (self.to(Phase::Checking { token, asks }), Some(ask))
    }
}

/// The page after an event, and what to do about it. An event that does not belong to the phase changes nothing.
#[must_use]
pub fn step(page: &Page, event: Event) -> (Page, Option<Command>) {
    match (&page.phase, event) {
        (
            Phase::Loading {
                notice: Some(words),
            },
            Event::FormReady,
        ) => (
            page.to(Phase::Declined {
                words: words.clone(),
            }),
            None,
        ),
        // A form that comes after it was given up is welcome.
        (Phase::Loading { notice: None } | Phase::Unavailable, Event::FormReady) => {
            (page.to(Phase::Ready), None)
        }
        // Nothing was sent in any of these.
        (
            Phase::Loading { .. } | Phase::Ready | Phase::Declined { .. } | Phase::Submitting,
            Event::FormFailed,
        ) => (page.to(Phase::Unavailable), None),
        (Phase::Loading { .. }, Event::FormTakesLong) => (page.to(Phase::Unavailable), None),
        (Phase::Unavailable, Event::Retry) => (
            page.to(Phase::Loading { notice: None }),
            Some(Command::LoadForm),
        ),

        (Phase::Ready | Phase::Declined { .. }, Event::Pay) => {
            (page.to(Phase::Submitting), Some(Command::MakeToken))
        }
        (Phase::Ready | Phase::Declined { .. }, Event::Continue) if page.question_open => {
            page.check(None, 0)
        }

        (Phase::Submitting, Event::FormIncomplete) => (page.to(Phase::Ready), None),
        (Phase::Submitting, Event::TokenFailed { words }) => {
            (page.to(Phase::Declined { words }), None)
        }
        (Phase::Submitting, Event::TokenMade(token)) => page.confirm(token, 0),

        (Phase::Confirming { token, asks }, Event::Answered(answer)) => {
            step_answered(page, Some(token), *asks, answer)
        }
        (Phase::Confirming { token, asks }, Event::AnswerLost) => {
            page.check(Some(token.clone()), asks + 1)
        }
        (Phase::Checking { token, asks }, Event::Answered(answer)) => {
            step_answered(page, token.as_ref(), *asks, answer)
        }
        (Phase::Checking { token, asks }, Event::AnswerLost) => page.check(token.clone(), asks + 1),

        (Phase::Authenticating { .. }, Event::ActionTakesLong) => {
            (page.to(Phase::Authenticating { late: true }), None)
        }
        (Phase::Authenticating { .. }, Event::ActionEnded) => page.check(None, 1),

        _ => (page.clone(), None),
    }
}

fn step_answered(
    page: &Page,
    token: Option<&TokenId>,
    asks: u32,
    answer: Answer,
) -> (Page, Option<Command>) {
    let question_open = matches!(answer.outcome, Outcome::ActionNeeded { .. });
    let next = Page {
        number: answer.next_number,
        question_open,
        ..page.clone()
    };
    match answer.outcome {
        Outcome::Paid | Outcome::Authorised | Outcome::Processing => {
            (next.to(Phase::Leaving), Some(Command::GoToOrder))
        }
        // The confirm was lost while it made room by cancelling another card's question: it never arrived.
        Outcome::ActionNeeded { .. } if token.is_some() && answer.next_number <= page.number => {
            step_answered(
                page,
                token,
                asks,
                Answer {
                    outcome: Outcome::NotReceived,
                    ..answer
                },
            )
        }
        // A question that was just put and is still open: not again by itself, the shopper decides.
        Outcome::ActionNeeded { .. } if token.is_none() && asks > 0 => {
            (next.to(Phase::Ready), None)
        }
        Outcome::ActionNeeded { client_secret } => (
            next.to(Phase::Authenticating { late: false }),
            Some(Command::HandleAction(client_secret)),
        ),
        Outcome::Declined { words } => (next.to(Phase::Declined { words }), None),
        // Asked about again under the number it was asked under, not the next one.
        Outcome::Checking => page.check(token.cloned(), asks + 1),
        // The confirm never arrived: no attempt has its number, and the server named the one to use. It is sent again
        // with its own token, which makes it one attempt however often; but not for ever.
        Outcome::NotReceived => match token {
            Some(token) if asks < LATE_ASKS => next.confirm(token.clone(), asks + 1),
            Some(_) => (
                next.to(Phase::Declined {
                    words: words::NOT_SENT.to_owned(),
                }),
                None,
            ),
            None => (next.to(Phase::Ready), None),
        },
        Outcome::Refused(
            refusal @ (Refusal::TotalChanged { .. }
            | Refusal::DetailsMissing
            | Refusal::TooManyAttempts),
        ) => (next.to(Phase::Refused { refusal }), None),
        Outcome::Refused(Refusal::BeingPaid | Refusal::Closed) => {
            (next.to(Phase::Leaving), Some(Command::GoToOrder))
        }
    }
}

#[cfg(test)]
mod tests;
