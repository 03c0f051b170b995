use super::*;
use crate::{Currency, Money};

fn token() -> TokenId {
    TokenId::parse("ctoken_1").unwrap()
}

fn page(phase: Phase) -> Page {
    Page {
        number: 3,
        question_open: true,
        phase,
    }
}

fn loading(notice: Option<&str>) -> Phase {
    Phase::Loading {
        notice: notice.map(str::to_owned),
    }
}

fn confirming(asks: u32) -> Phase {
    Phase::Confirming {
        token: token(),
        asks,
    }
}

fn authenticating() -> Phase {
    Phase::Authenticating { late: false }
}

fn answer(outcome: Outcome, next_number: u32) -> Event {
    Event::Answered(Answer {
        outcome,
        next_number,
    })
}

fn secret() -> ClientSecret {
    ClientSecret::new("pi_1_secret_2".to_owned())
}

fn total() -> Money {
    Money::new(2_400, Currency::Usd).unwrap()
}

fn declined() -> Phase {
    Phase::Declined {
        words: "no".to_owned(),
    }
}

fn checking(token: Option<TokenId>, asks: u32) -> Phase {
    Phase::Checking { token, asks }
}

fn phases() -> Vec<Phase> {
    vec![
        loading(None),
        loading(Some("no")),
        Phase::Ready,
        Phase::Submitting,
        confirming(2),
        authenticating(),
        checking(None, 2),
        checking(Some(token()), 2),
        declined(),
        Phase::Refused {
            refusal: Refusal::TotalChanged { total: total() },
        },
        Phase::Leaving,
        Phase::Unavailable,
    ]
}

fn events() -> Vec<Event> {
    let declined = Outcome::Declined {
        words: "no".to_owned(),
    };
    let mut events = vec![
        Event::FormReady,
        Event::FormFailed,
        Event::FormTakesLong,
        Event::Retry,
        Event::Pay,
        Event::Continue,
        Event::FormIncomplete,
        Event::TokenFailed {
            words: "no".to_owned(),
        },
        Event::TokenMade(token()),
        Event::AnswerLost,
        Event::ActionTakesLong,
        Event::ActionEnded,
    ];
    for outcome in [
        Outcome::Paid,
        Outcome::Authorised,
        Outcome::Processing,
        Outcome::ActionNeeded {
            client_secret: secret(),
        },
        declined,
        Outcome::Checking,
        Outcome::NotReceived,
        Outcome::Refused(Refusal::BeingPaid),
        Outcome::Refused(Refusal::Closed),
        Outcome::Refused(Refusal::DetailsMissing),
        Outcome::Refused(Refusal::TooManyAttempts),
        Outcome::Refused(Refusal::TotalChanged { total: total() }),
    ] {
        events.push(answer(outcome, 4));
    }
    events
}

/// A phase, an event, the phase after it, and what to do.
type Row = (Phase, Event, Phase, Option<Command>);

/// The whole machine. Whatever stands in no row changes nothing.
fn table() -> Vec<Row> {
    let ask = |number, after_ms| Some(Command::Ask { number, after_ms });
    let confirm = |number| {
        Some(Command::Confirm {
            number,
            token: token(),
        })
    };
    let needs_action = || Outcome::ActionNeeded {
        client_secret: secret(),
    };
    let declined_outcome = || Outcome::Declined {
        words: "no".to_owned(),
    };
    let mut rows: Vec<Row> = vec![
        (loading(None), Event::FormReady, Phase::Ready, None),
        (loading(Some("no")), Event::FormReady, declined(), None),
        (Phase::Unavailable, Event::FormReady, Phase::Ready, None),
        (
            Phase::Unavailable,
            Event::Retry,
            loading(None),
            Some(Command::LoadForm),
        ),
        (Phase::Ready, Event::Continue, checking(None, 0), ask(2, 0)),
        (declined(), Event::Continue, checking(None, 0), ask(2, 0)),
        (
            authenticating(),
            Event::ActionTakesLong,
            Phase::Authenticating { late: true },
            None,
        ),
        (Phase::Submitting, Event::FormIncomplete, Phase::Ready, None),
        (
            Phase::Submitting,
            Event::TokenFailed {
                words: "no".to_owned(),
            },
            declined(),
            None,
        ),
        (
            Phase::Submitting,
            Event::TokenMade(token()),
            confirming(0),
            confirm(3),
        ),
        (
            confirming(2),
            Event::AnswerLost,
            checking(Some(token()), 3),
            ask(3, 1_000),
        ),
        (
            checking(None, 2),
            Event::AnswerLost,
            checking(None, 3),
            ask(2, 1_000),
        ),
        (
            checking(Some(token()), 2),
            Event::AnswerLost,
            checking(Some(token()), 3),
            ask(3, 1_000),
        ),
        (
            authenticating(),
            Event::ActionEnded,
            checking(None, 1),
            ask(2, 1_000),
        ),
        // The confirm arrived, and its answer too late: the bank's question is put.
        (
            confirming(2),
            answer(needs_action(), 4),
            authenticating(),
            Some(Command::HandleAction(secret())),
        ),
        (
            checking(Some(token()), 2),
            answer(needs_action(), 4),
            authenticating(),
            Some(Command::HandleAction(secret())),
        ),
        // The question was put just now, and stays open: the shopper decides.
        (
            checking(None, 2),
            answer(needs_action(), 4),
            Phase::Ready,
            None,
        ),
        (
            confirming(2),
            answer(Outcome::Checking, 4),
            checking(Some(token()), 3),
            ask(3, 1_000),
        ),
        (
            checking(None, 2),
            answer(Outcome::Checking, 4),
            checking(None, 3),
            ask(2, 1_000),
        ),
        (
            checking(Some(token()), 2),
            answer(Outcome::Checking, 4),
            checking(Some(token()), 3),
            ask(3, 1_000),
        ),
        (
            confirming(2),
            answer(Outcome::NotReceived, 4),
            confirming(3),
            confirm(4),
        ),
        (
            checking(Some(token()), 2),
            answer(Outcome::NotReceived, 4),
            confirming(3),
            confirm(4),
        ),
        (
            checking(None, 2),
            answer(Outcome::NotReceived, 4),
            Phase::Ready,
            None,
        ),
    ];
    for phase in [
        loading(None),
        loading(Some("no")),
        Phase::Ready,
        Phase::Submitting,
        declined(),
    ] {
        rows.push((phase, Event::FormFailed, Phase::Unavailable, None));
    }
    for phase in [loading(None), loading(Some("no"))] {
        rows.push((phase, Event::FormTakesLong, Phase::Unavailable, None));
    }
    for phase in [Phase::Ready, declined()] {
        rows.push((
            phase,
            Event::Pay,
            Phase::Submitting,
            Some(Command::MakeToken),
        ));
    }
    for asked in [confirming(2), checking(None, 2), checking(Some(token()), 2)] {
        for done in [
            Outcome::Paid,
            Outcome::Authorised,
            Outcome::Processing,
            Outcome::Refused(Refusal::BeingPaid),
            Outcome::Refused(Refusal::Closed),
        ] {
            rows.push((
                asked.clone(),
                answer(done, 4),
                Phase::Leaving,
                Some(Command::GoToOrder),
            ));
        }
        for refusal in [
            Refusal::DetailsMissing,
            Refusal::TooManyAttempts,
            Refusal::TotalChanged { total: total() },
        ] {
            let refused = answer(Outcome::Refused(refusal.clone()), 4);
            rows.push((asked.clone(), refused, Phase::Refused { refusal }, None));
        }
        rows.push((asked, answer(declined_outcome(), 4), declined(), None));
    }
    rows
}

#[test]
fn every_phase_meets_every_event() {
    let table = table();
    let mut met = 0;
    for phase in phases() {
        for event in events() {
            let row = table
                .iter()
                .find(|(from, on, ..)| *from == phase && *on == event);
            let (expected, command) = match row {
                Some((_, _, to, command)) => (to.clone(), command.clone()),
                None => (phase.clone(), None),
            };
            let (after, did) = step(&page(phase.clone()), event.clone());
            assert_eq!(
                (after.phase, did),
                (expected, command),
                "{phase:?} meets {event:?}"
            );
            met += usize::from(row.is_some());
        }
    }
    assert_eq!(met, table.len(), "a row of the table was never met");
}

#[test]
fn a_new_attempt_carries_the_number_the_server_named() {
    let (after, _) = step(
        &page(confirming(0)),
        answer(
            Outcome::Declined {
                words: String::new(),
            },
            9,
        ),
    );
    assert_eq!(after.number, 9);
    let (after, _) = step(&page(confirming(0)), answer(Outcome::Checking, 9));
    assert_eq!(after.number, 3, "a question names the attempt it is about");
}

#[test]
fn after_a_banks_question_the_attempt_that_put_it_is_asked_about() {
    let needs_action = Outcome::ActionNeeded {
        client_secret: secret(),
    };
    let confirming = page(confirming(0));
    let (authenticating, _) = step(&confirming, answer(needs_action, 4));
    let (_, command) = step(&authenticating, Event::ActionEnded);
    assert!(matches!(command, Some(Command::Ask { number: 3, .. })));
}

#[test]
fn only_a_form_that_is_there_can_be_paid_with() {
    for phase in phases() {
        let payable = matches!(phase, Phase::Ready | Phase::Declined { .. });
        assert_eq!(page(phase.clone()).can_pay(), payable, "{phase:?}");
        assert!(
            !(page(phase.clone()).can_pay() && page(phase.clone()).is_busy()),
            "{phase:?}"
        );
    }
}

#[test]
fn a_lost_confirm_is_asked_about_and_only_then_sent_again_with_its_own_token() {
    let (lost, command) = step(&page(confirming(0)), Event::AnswerLost);
    assert!(matches!(command, Some(Command::Ask { number: 3, .. })));
    let (_, command) = step(&lost, answer(Outcome::NotReceived, 3));
    assert_eq!(
        command,
        Some(Command::Confirm {
            number: 3,
            token: token()
        })
    );
    // Lost while another card's question was being cancelled: that question is not the answer.
    let (_, command) = step(
        &lost,
        answer(
            Outcome::ActionNeeded {
                client_secret: secret(),
            },
            3,
        ),
    );
    assert_eq!(
        command,
        Some(Command::Confirm {
            number: 3,
            token: token()
        })
    );
}

#[test]
fn after_a_minute_of_asking_the_page_says_that_it_takes_long() {
    let mut waited_ms = 0;
    let mut now = page(checking(Some(token()), 0));
    while !now.is_late() {
        let (after, command) = step(&now, answer(Outcome::Checking, 4));
        let Some(Command::Ask { after_ms, .. }) = command else {
            panic!("{after:?} stopped asking")
        };
        waited_ms += after_ms;
        now = after;
    }
    assert!((45_000..=75_000).contains(&waited_ms), "{waited_ms}");
}

#[test]
fn only_an_open_question_can_be_continued() {
    for phase in [Phase::Ready, declined()] {
        let without = Page {
            question_open: false,
            ..page(phase.clone())
        };
        assert_eq!(step(&without, Event::Continue), (without.clone(), None));
        assert!(!without.can_continue() && page(phase).can_continue());
    }
}

#[test]
fn a_question_stays_open_until_the_server_says_otherwise() {
    let needs_action = Outcome::ActionNeeded {
        client_secret: secret(),
    };
    let (left_open, _) = step(&page(checking(None, 2)), answer(needs_action, 4));
    let (incomplete, _) = step(&step(&left_open, Event::Pay).0, Event::FormIncomplete);
    assert!(incomplete.can_continue());
    let (closed, _) = step(&page(checking(None, 2)), answer(Outcome::NotReceived, 4));
    assert!(closed.can_pay() && !closed.can_continue());
}

#[test]
fn a_server_that_takes_no_confirm_is_not_asked_for_ever() {
    let mut now = page(confirming(0));
    let mut confirms = 0;
    loop {
        let (lost, _) = step(&now, Event::AnswerLost);
        let (after, command) = step(&lost, answer(Outcome::NotReceived, 3));
        now = after;
        match command {
            Some(Command::Confirm { number: 3, .. }) => confirms += 1,
            None => break,
            other => panic!("{other:?}"),
        }
        assert!(confirms <= LATE_ASKS);
    }
    assert!(confirms > 0);
    assert_eq!(
        now.phase,
        Phase::Declined {
            words: words::NOT_SENT.to_owned()
        }
    );
}
