//! Paying, through the two calls of the payment form.

use orders::OrderStore;
use serde_json::{Value, json};

use crate::world::{ASKS_THE_BANK, Browser, NO_FUNDS, Shop, VISA, World, bell, usd};

fn secret(answer: &Value) -> Option<&str> {
    answer["outcome"]["ActionNeeded"]["client_secret"].as_str()
}

fn words(answer: &Value) -> &str {
    answer["outcome"]["Declined"]["words"]
        .as_str()
        .unwrap_or_else(|| panic!("not declined: {answer}"))
}

#[tokio::test]
async fn a_payment_empties_the_cart_and_tells_the_shop_in_the_same_moment() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (browser, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(VISA, &bell()).await;
    let answer = shop.confirm(&key, 1, &token, &bell()).await;
    assert_eq!(answer, json!({ "outcome": "Paid", "next_number": 2 }));

    // No clerk has been at work.
    assert_eq!(browser.cart_count().await, "0 items");
    let told = shop.parts.payments.undelivered().await.unwrap();
    assert_eq!(
        told.iter()
            .map(|row| (row.key.as_str(), row.kind.as_str()))
            .collect::<Vec<_>>(),
        [(key.as_str(), "order_paid")]
    );
    shop.get(&format!("/orders/{key}"))
        .await
        .says(&[">Paid</p>"]);

    let intents = world.all("payment_intents").await;
    let [intent] = intents.as_slice() else {
        panic!("{intents:?}")
    };
    assert_eq!(intent["status"], "succeeded");
    assert_eq!(
        (&intent["amount_received"], &intent["currency"]),
        (&json!(2400), &json!("usd"))
    );
    assert_eq!(intent["metadata"]["order_key"], key.as_str());
    assert_eq!(
        intent["metadata"]["shop_id"],
        shop.parts.payments.store().shop().as_str()
    );
    assert_eq!(intent["receipt_email"], "ada@example.com");
    assert_eq!(
        intent["shipping"]["address"]["line1"],
        "12 St James's Square"
    );
    assert_eq!(
        (
            world.charges().await,
            world.posts("/v1/payment_intents").await
        ),
        (1, 1)
    );
}

#[tokio::test]
async fn a_decline_has_the_shoppers_words_and_the_next_try_confirms_the_same_intent() {
    let world = World::new().await;
    let shop = world.shop().await;
    for (card, expected) in [
        (
            "4000000000000002",
            "Your card was declined. Please try another card.",
        ),
        (
            NO_FUNDS,
            "Your card has insufficient funds. Please try another card.",
        ),
        (
            "4000000000009987",
            "Your card was declined. Please try another card.",
        ),
        (
            "4000000000009979",
            "Your card was declined. Please try another card.",
        ),
        (
            "4100000000000019",
            "Your card was declined. Please try another card.",
        ),
        (
            "4000000000006975",
            "Your card was declined. Please try another card.",
        ),
        (
            "4000000000000069",
            "Your card has expired. Please try another card.",
        ),
        (
            "4000000000000127",
            "Your card's security code is incorrect. Please check it and try again.",
        ),
        (
            "4000000000000119",
            "An error occurred while processing your card. Try again in a little bit.",
        ),
    ] {
        world.control("reset", json!({})).await;
        let (browser, key) = Browser::orders_a_bell(&shop).await;
        let token = world.token(card, &bell()).await;
        let answer = shop.confirm(&key, 1, &token, &bell()).await;
        assert_eq!(
            (words(&answer), &answer["next_number"]),
            (expected, &json!(2)),
            "{card}"
        );
        shop.get(&format!("/orders/{key}"))
            .await
            .says(&["Waiting for payment", expected]);
        assert_eq!(browser.cart_count().await, "1 item");

        // A second decline, then a card that pays.
        let token = world.token(card, &bell()).await;
        assert_eq!(
            words(&shop.confirm(&key, 2, &token, &bell()).await),
            expected,
            "{card}"
        );
        let token = world.token(VISA, &bell()).await;
        assert_eq!(
            shop.confirm(&key, 3, &token, &bell()).await["outcome"],
            "Paid",
            "{card}"
        );
        assert_eq!(world.all("payment_intents").await.len(), 1, "{card}");
        assert_eq!(
            (world.charges().await, browser.cart_count().await),
            (1, "0 items".to_owned()),
            "{card}"
        );
    }
}

#[tokio::test]
async fn a_confirmation_is_one_call_to_stripe() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    assert_eq!(world.calls().await, Vec::<String>::new());
    let declined = world.token("4000000000000002", &bell()).await;
    shop.confirm(&key, 1, &declined, &bell()).await;
    assert_eq!(world.calls().await, ["POST /v1/payment_intents"]);
    let token = world.token(VISA, &bell()).await;
    shop.confirm(&key, 2, &token, &bell()).await;
    let intents = world.all("payment_intents").await;
    let confirm = format!(
        "POST /v1/payment_intents/{}/confirm",
        intents[0]["id"].as_str().unwrap()
    );
    assert_eq!(world.calls().await, ["POST /v1/payment_intents", &confirm]);
    // The page that shows the order asks nobody any more.
    shop.get(&format!("/orders/{key}"))
        .await
        .says(&[">Paid</p>"]);
    assert_eq!(world.calls().await.len(), 2);
}

#[tokio::test]
async fn the_same_attempt_again_is_one_charge() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(VISA, &bell()).await;
    let all_at_once = (0..8).map(|_| {
        let (shop, key, token) = (shop.clone(), key.clone(), token.clone());
        tokio::spawn(async move { shop.confirm(&key, 1, &token, &bell()).await })
    });
    for answer in all_at_once.collect::<Vec<_>>() {
        let answer = answer.await.unwrap();
        assert!(
            ["Paid", "Checking"].contains(&answer["outcome"].as_str().unwrap()),
            "{answer}"
        );
    }
    for _ in 0..3 {
        assert_eq!(
            shop.confirm(&key, 1, &token, &bell()).await["outcome"],
            "Paid"
        );
        assert_eq!(shop.outcome(&key, 1).await["outcome"], "Paid");
    }
    assert_eq!(
        (
            world.charges().await,
            world.all("payment_intents").await.len()
        ),
        (1, 1)
    );
    assert_eq!(
        (
            world.count("attempts").await,
            world.count("calls").await,
            world.count("outbox").await
        ),
        (1, 1, 1)
    );
}

#[tokio::test]
async fn two_tabs_with_two_cards_and_one_number_are_one_charge() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let mut tabs = Vec::new();
    for _ in 0..6 {
        let (shop, key, token) = (shop.clone(), key.clone(), world.token(VISA, &bell()).await);
        tabs.push(tokio::spawn(async move {
            shop.confirm(&key, 1, &token, &bell()).await
        }));
    }
    for tab in tabs {
        let answer = tab.await.unwrap();
        assert!(
            ["Paid", "Checking"].contains(&answer["outcome"].as_str().unwrap()),
            "{answer}"
        );
    }
    assert_eq!(shop.outcome(&key, 1).await["outcome"], "Paid");
    assert_eq!(
        (world.charges().await, world.count("attempts").await),
        (1, 1)
    );
}

#[tokio::test]
async fn a_number_that_is_used_up_gets_the_orders_present_state() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let declined = world.token(NO_FUNDS, &bell()).await;
    shop.confirm(&key, 1, &declined, &bell()).await;
    // Late, with another card: it was not this shopper's last word.
    let late = world.token(VISA, &bell()).await;
    assert!(words(&shop.confirm(&key, 1, &late, &bell()).await).contains("insufficient funds"));
    assert_eq!(world.charges().await, 0);
    let token = world.token(VISA, &bell()).await;
    assert_eq!(
        shop.confirm(&key, 2, &token, &bell()).await["outcome"],
        "Paid"
    );
    for number in [1, 2, 3] {
        assert_eq!(
            shop.confirm(&key, number, &late, &bell()).await["outcome"],
            "Paid",
            "{number}"
        );
    }
    assert_eq!(world.charges().await, 1);
}

#[tokio::test]
async fn two_orders_paid_at_once_are_two_charges() {
    let world = World::new().await;
    let shop = world.shop().await;
    let mut paying = Vec::new();
    for _ in 0..2 {
        let (_, key) = Browser::orders_a_bell(&shop).await;
        let (shop, token) = (shop.clone(), world.token(VISA, &bell()).await);
        paying.push(tokio::spawn(async move {
            shop.confirm(&key, 1, &token, &bell()).await
        }));
    }
    for answer in paying {
        assert_eq!(answer.await.unwrap()["outcome"], "Paid");
    }
    assert_eq!((world.charges().await, world.count("outbox").await), (2, 2));
}

#[tokio::test]
async fn the_client_secret_leaves_only_while_the_bank_asks() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let asks = |answer: &Value| answer.to_string().contains("_secret_");
    assert!(!asks(&shop.outcome(&key, 1).await));

    let token = world.token(NO_FUNDS, &bell()).await;
    assert!(!asks(&shop.confirm(&key, 1, &token, &bell()).await));
    let token = world.token(ASKS_THE_BANK, &bell()).await;
    let answer = shop.confirm(&key, 2, &token, &bell()).await;
    let intent = world.all("payment_intents").await.pop().unwrap();
    assert_eq!(secret(&answer), intent["client_secret"].as_str());
    assert_eq!(
        secret(&shop.outcome(&key, 2).await),
        intent["client_secret"].as_str()
    );
    for page in [format!("/orders/{key}"), format!("/checkout/{key}")] {
        assert!(!shop.get(&page).await.body.contains("_secret_"), "{page}");
    }

    world.answer_the_bank("complete").await;
    let answer = shop.outcome(&key, 2).await;
    assert_eq!(answer, json!({ "outcome": "Paid", "next_number": 3 }));
    assert_eq!(world.charges().await, 1);
    assert_eq!(
        world
            .number("SELECT count(*) FROM intents WHERE instr(baseline, 'secret')")
            .await,
        0
    );
}

#[tokio::test]
async fn a_question_that_failed_is_told_and_another_card_pays_on_the_same_intent() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    for number in [1, 2] {
        let token = world.token(ASKS_THE_BANK, &bell()).await;
        assert!(secret(&shop.confirm(&key, number, &token, &bell()).await).is_some());
        world.answer_the_bank("fail").await;
        let answer = shop.outcome(&key, number).await;
        assert!(
            words(&answer).contains("Your bank did not confirm this payment."),
            "{answer}"
        );
    }
    let token = world.token(VISA, &bell()).await;
    assert_eq!(
        shop.confirm(&key, 3, &token, &bell()).await["outcome"],
        "Paid"
    );
    assert_eq!(
        (
            world.all("payment_intents").await.len(),
            world.charges().await
        ),
        (1, 1)
    );
}

#[tokio::test]
async fn an_open_question_is_cancelled_before_another_card_pays_on_a_fresh_intent() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(ASKS_THE_BANK, &bell()).await;
    shop.confirm(&key, 1, &token, &bell()).await;
    let token = world.token(VISA, &bell()).await;
    assert_eq!(
        shop.confirm(&key, 2, &token, &bell()).await["outcome"],
        "Paid"
    );
    let statuses = world
        .all("payment_intents")
        .await
        .iter()
        .map(|intent| intent["status"].clone())
        .collect::<Vec<_>>();
    assert_eq!(statuses, ["canceled", "succeeded"]);
    assert_eq!(world.charges().await, 1);
    // What the first intent's events say is no news.
    for event in world.all("events").await {
        shop.deliver(&event).await;
    }
    shop.clerk().await;
    shop.order_says(&key, "Paid").await;
    assert_eq!(
        (
            world.count("events WHERE done = 0").await,
            world.all("refunds").await.len()
        ),
        (0, 0)
    );
}

#[tokio::test]
async fn a_question_answered_behind_the_shops_back_is_not_paid_again() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let token = world.token(ASKS_THE_BANK, &bell()).await;
    shop.confirm(&key, 1, &token, &bell()).await;
    world.answer_the_bank("complete").await;
    let token = world.token(VISA, &bell()).await;
    assert_eq!(
        shop.confirm(&key, 2, &token, &bell()).await["outcome"],
        "Paid"
    );
    assert_eq!(
        (
            world.charges().await,
            world.all("payment_intents").await.len()
        ),
        (1, 1)
    );
}

/// A declined bell, to which a stamp was then added: 4000 cents.
async fn a_decline_and_a_larger_cart(world: &World, shop: &Shop) -> (Browser, String) {
    let (mut browser, key) = Browser::orders_a_bell(shop).await;
    let token = world.token(NO_FUNDS, &bell()).await;
    words(&shop.confirm(&key, 1, &token, &bell()).await);
    browser.add("paid-stamp").await;
    assert_eq!(browser.check_out().await, key);
    (browser, key)
}

#[tokio::test]
async fn a_changed_total_updates_the_intent_before_it_is_confirmed() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = a_decline_and_a_larger_cart(&world, &shop).await;
    let total = usd(4_000);
    let token = world.token(VISA, &total).await;
    assert_eq!(
        shop.confirm(&key, 2, &token, &total).await["outcome"],
        "Paid"
    );
    let intents = world.all("payment_intents").await;
    let [intent] = intents.as_slice() else {
        panic!("{intents:?}")
    };
    assert_eq!(intent["amount_received"], 4000);
    assert_eq!(world.charges().await, 1);
    let kinds = "calls WHERE number = 2 AND ((position = 0 AND kind = 'update') OR (position = 1 AND kind = 'confirm'))";
    assert_eq!(world.count(kinds).await, 2);
}

#[tokio::test]
async fn an_intent_whose_update_was_not_confirmed_is_updated_again() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (mut browser, key) = a_decline_and_a_larger_cart(&world, &shop).await;
    // The update reaches Stripe, the confirmation is refused: the intent is over 4000 now.
    words(&shop.confirm(&key, 2, "ctoken_unknown", &usd(4_000)).await);
    browser.post("/cart", "action=remove&sku=paid-stamp").await;
    browser.check_out().await;
    let token = world.bare_token("pm_card_visa").await;
    assert_eq!(
        shop.confirm(&key, 3, &token, &bell()).await["outcome"],
        "Paid"
    );
    let charges = world.all("charges").await;
    let paid = charges
        .iter()
        .filter(|charge| charge["status"] == "succeeded");
    assert_eq!(
        paid.map(|charge| charge["amount"].clone())
            .collect::<Vec<_>>(),
        [2400]
    );
}

#[tokio::test]
async fn an_intent_that_stripe_ends_gives_way_to_a_fresh_one() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    let mut number = 1;
    while world
        .all("payment_intents")
        .await
        .first()
        .is_none_or(|intent| intent["status"] != "canceled")
    {
        assert!(number < 20, "Stripe never ended the intent");
        let token = world.token(NO_FUNDS, &bell()).await;
        words(&shop.confirm(&key, number, &token, &bell()).await);
        number += 1;
    }
    let token = world.token(VISA, &bell()).await;
    assert_eq!(
        shop.confirm(&key, number, &token, &bell()).await["outcome"],
        "Paid"
    );
    assert_eq!(
        (
            world.charges().await,
            world.all("payment_intents").await.len()
        ),
        (1, 2)
    );
}

#[tokio::test]
async fn an_order_has_only_so_many_attempts() {
    let world = World::new().await;
    let shop = world.shop().await;
    let (_, key) = Browser::orders_a_bell(&shop).await;
    for number in 1..=checkout::attempt::MAX_ATTEMPTS {
        words(
            &shop
                .confirm(&key, number, &format!("ctoken_no{number}"), &bell())
                .await,
        );
    }
    let token = world.token(VISA, &bell()).await;
    let answer = shop
        .confirm(&key, checkout::attempt::MAX_ATTEMPTS + 1, &token, &bell())
        .await;
    assert_eq!(answer["outcome"], json!({ "Refused": "TooManyAttempts" }));
    assert_eq!(world.charges().await, 0);
}
