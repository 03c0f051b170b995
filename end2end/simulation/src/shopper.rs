//! Shoppers: the page's real flow, and people who double-click, open two tabs, reload, try another card, fail or leave
//! their bank's question, and go away.

use checkout::flow::{Command, Event, Page, Phase, step};
use checkout::{Order, OrderKey, Payment, TokenId};
use orders::Orders;
use serde_json::Value;

use crate::chance;
use crate::shop::Shop;

const CARDS: [&str; 10] = [
    "4242424242424242",
    "4242424242424242",
    "4242424242424242",
    "5555555555554444",
    "4000000000000002",
    "4000000000009995",
    "4000000000003220",
    "4000000000003220",
    "4000008400001629",
    "4000000000000259",
];
/// More than any page does before its shopper loses patience.
const MOST_STEPS: u32 = 150;

/// What a visit came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visit {
    /// The page is loaded anew.
    Reload,
    /// The order's page was shown.
    Order,
    /// The tab was closed.
    Left,
}

/// One tab, with as many visits as its shopper has patience for.
pub async fn tab(shop: Shop, key: OrderKey) {
    for _ in 0..chance::within(1..=4) {
        let Ok(Some(order)) = shop.books.at_once().order(&key).await else {
            return;
        };
        if !order.is_open() && !matches!(order.payment, Payment::ActionNeeded | Payment::Paying) {
            return;
        }
        match visit(&shop, &order).await {
            Visit::Reload => {}
            Visit::Order if chance::percent(50) => {}
            Visit::Order | Visit::Left => return,
        }
        chance::pass_ms(chance::within(500..=20_000)).await;
    }
}

async fn visit(shop: &Shop, order: &Order) -> Visit {
    let notice = match &order.payment {
        Payment::Open { notice } => notice.clone(),
        _ => None,
    };
    let question_open = order.payment == Payment::ActionNeeded;
    let page = Page::new(order.next_number, question_open, notice);
    let (mut page, mut command) = step(&page, Event::FormReady);
    for _ in 0..MOST_STEPS {
        let event = match command {
            Some(command) => match run(shop, order, command).await {
                Some(event) => event,
                None => return Visit::Left,
            },
            None => match act(&page).await {
                Ok(event) => event,
                Err(visit) => return visit,
            },
        };
        if chance::percent(2) {
            return Visit::Reload;
        }
        (page, command) = step(&page, event);
        if page.phase == Phase::Leaving {
            return Visit::Order;
        }
    }
    Visit::Left
}

/// What a shopper does with a page that waits for one.
async fn act(page: &Page) -> Result<Event, Visit> {
    chance::pass_ms(chance::within(500..=15_000)).await;
    match &page.phase {
        Phase::Ready | Phase::Declined { .. } => match chance::within(0..=99) {
            0..4 => Err(Visit::Left),
            4..9 => Err(Visit::Reload),
            _ if page.can_continue() && chance::percent(50) => Ok(Event::Continue),
            _ => Ok(Event::Pay),
        },
        Phase::Unavailable => Ok(Event::Retry),
        _ => Err(Visit::Reload),
    }
}

/// Runs a command as the island does; none if the shopper went away in the middle.
async fn run(shop: &Shop, order: &Order, command: Command) -> Option<Event> {
    Some(match command {
        Command::LoadForm => Event::FormReady,
        Command::MakeToken => match token(shop, order) {
            Some(token) => Event::TokenMade(token),
            None => Event::FormIncomplete,
        },
        Command::Confirm { number, token } => {
            let key = &order.key;
            if chance::percent(15) {
                // A second click, or a browser that sends twice.
                let (shop, key, token) = (shop.clone(), key.clone(), token.clone());
                let total = order.total;
                tokio::spawn(async move {
                    chance::pass_ms(chance::within(0..=40_000)).await;
                    shop.confirm(&key, number, &token, total).await;
                });
            }
            chance::trace(|| format!("page: confirm {} {number}", key.reference()));
            match shop.confirm(key, number, &token, order.total).await {
                Some(answer) => Event::Answered(answer),
                None => Event::AnswerLost,
            }
        }
        Command::HandleAction(secret) => {
            chance::pass_ms(chance::within(1_000..=40_000)).await;
            let intent = secret
                .expose()
                .split("_secret")
                .next()
                .unwrap_or_default()
                .to_owned();
            match chance::within(0..=99) {
                0..60 => answer_the_bank(shop, &intent, "complete"),
                60..80 => answer_the_bank(shop, &intent, "fail"),
                80..90 => {}
                _ => return None,
            }
            Event::ActionEnded
        }
        Command::Ask { number, after_ms } => {
            chance::pass_ms(u64::from(after_ms)).await;
            match shop.outcome(&order.key, number).await {
                Some(answer) => Event::Answered(answer),
                None => Event::AnswerLost,
            }
        }
        Command::GoToOrder => return None,
    })
}

fn token(shop: &Shop, order: &Order) -> Option<TokenId> {
    // The network to Stripe is the browser's own, and at worst makes none.
    if chance::percent(3) {
        return None;
    }
    token_of(shop, order, chance::pick(&CARDS))
}

/// A ConfirmationToken as Stripe.js makes it.
fn token_of(shop: &Shop, order: &Order, card: &str) -> Option<TokenId> {
    let form = format!(
        "payment_method_data[type]=card&payment_method_data[card][number]={card}&payment_method_data[card][exp_month]=12&\
         payment_method_data[card][exp_year]=2040&payment_method_data[card][cvc]=123&client_context[mode]=payment&\
         client_context[amount]={}&client_context[currency]={}",
        order.total.amount_minor(),
        order.total.currency().code()
    );
    let made = shop.network.word("POST", "/v1/confirmation_tokens", &form);
    chance::trace(|| format!("page: {card}"));
    TokenId::parse(made["id"].as_str()?).ok()
}

/// The shopper answers the bank, if it still asks about this intent.
fn answer_the_bank(shop: &Shop, intent: &str, answer: &str) {
    let intent: Value = shop
        .network
        .word("GET", &format!("/v1/payment_intents/{intent}"), "");
    let sdk = &intent["next_action"]["use_stripe_sdk"];
    if let Some(source) = sdk["three_d_secure_2_source"].as_str() {
        chance::trace(|| format!("shopper: {answer}s the bank's question"));
        shop.network
            .word("POST", &format!("/3d_secure_2_test/{source}/{answer}"), "");
    }
}

/// A patient shopper, who takes the cards one after the other until the order's page is shown, and reloads a page that
/// failed.
#[cfg(test)]
pub async fn play(shop: &Shop, key: &OrderKey, cards: &[&str]) {
    let mut cards = cards.iter().peekable();
    let mut card = cards.next().copied().unwrap_or_default();
    loop {
        let order = shop.books.at_once().order(key).await.unwrap().unwrap();
        if !order.is_open()
            && order.payment != Payment::ActionNeeded
            && order.payment != Payment::Paying
        {
            return;
        }
        let question_open = order.payment == Payment::ActionNeeded;
        let page = Page::new(order.next_number, question_open, None);
        let (mut page, mut command) = step(&page, Event::FormReady);
        for _ in 0..MOST_STEPS {
            let event = match command.take() {
                None if page.can_continue() => Event::Continue,
                None if page.can_pay() => {
                    if let Phase::Declined { words } = &page.phase
                        && words == checkout::words::DECLINED
                    {
                        card = cards.next().copied().unwrap_or(card);
                    }
                    Event::Pay
                }
                None => break,
                Some(Command::MakeToken) => Event::TokenMade(token_of(shop, &order, card).unwrap()),
                Some(Command::Confirm { number, token }) => {
                    match shop.confirm(key, number, &token, order.total).await {
                        Some(answer) => Event::Answered(answer),
                        None => Event::AnswerLost,
                    }
                }
                Some(Command::HandleAction(secret)) => {
                    let intent = secret.expose().split("_secret").next().unwrap_or_default();
                    answer_the_bank(shop, intent, "complete");
                    Event::ActionEnded
                }
                Some(Command::Ask { number, after_ms }) => {
                    chance::pass_ms(u64::from(after_ms)).await;
                    match shop.outcome(key, number).await {
                        Some(answer) => Event::Answered(answer),
                        None => Event::AnswerLost,
                    }
                }
                Some(Command::GoToOrder | Command::LoadForm) => break,
            };
            (page, command) = step(&page, event);
        }
        chance::pass_ms(5_000).await;
    }
}
