//! The typed control interface: over HTTP and in the same process it says the same.

use crate::client;
use serde_json::{Value, json};
use stripe_sandbox::control::{
    Assumptions, Control, ControlError, Decline, DeliveryMode, Fault, Malformed, Outcome,
    PlannedFault, PlannedWebhookFault, Quirks, ShopperAnswer, WebhookFault,
};
use stripe_sandbox::{Options, Running, Sandbox, Webhook};

const KEY: &str = "sk_test_w";
const INTENTS: &str = "/v1/payment_intents";

async fn start() -> Running {
    let nowhere = Webhook {
        url: "http://127.0.0.1:9/hook".to_owned(),
        secret: "whsec_test".to_owned(),
    };
    let options = Options {
        webhooks: vec![nowhere],
        ..Options::default()
    };
    Sandbox::start(options).await.expect("it starts")
}

fn both(running: &Running) -> [Control; 2] {
    [
        Control::over_http(running.url(), KEY).expect("a client"),
        running.sandbox().control(KEY),
    ]
}

async fn pay(running: &Running) -> Value {
    pay_with(running, "payment_method=pm_card_visa").await
}

async fn pay_with(running: &Running, method: &str) -> Value {
    let body =
        format!("amount=1999&currency=eur&confirm=true&return_url=https://shop.test/&{method}");
    let url = format!("{}{INTENTS}", running.url());
    let request = reqwest::Client::new().post(url).bearer_auth(KEY);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer = request.body(body).send().await.expect("an answer");
    client::json(answer).await
}

fn count(state: &Value, kind: &str) -> usize {
    state[kind].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn worlds_are_told_emptied_kept_and_put_back() -> Result<(), ControlError> {
    let running = start().await;
    for control in both(&running) {
        control.seed_ids(7).await?;
        let first = pay(&running).await["id"].clone();
        control.seed_ids(7).await?;
        assert_eq!(pay(&running).await["id"], first);
        assert_eq!(count(&control.state().await?, "payment_intents"), 1);
        let [world] = &control.worlds().await?[..] else {
            panic!("one world");
        };
        assert_eq!((world.name.as_str(), world.payments), ("w", 1));
        let snapshot = control.snapshot().await?;
        control.reset().await?;
        assert_eq!(count(&control.state().await?, "charges"), 0);
        control.seed(&snapshot).await?;
        assert_eq!(control.state().await?["payment_intents"][0]["id"], first);
    }
    Ok(())
}

#[tokio::test]
async fn calls_fail_and_cards_do_as_they_are_told() -> Result<(), ControlError> {
    let running = start().await;
    for control in both(&running) {
        let limited = PlannedFault::new("POST", INTENTS, Fault::RateLimit);
        control.fail(&limited.from_nth(2).times(2)).await?;
        let refused = Outcome::Decline {
            decline_code: Decline::InsufficientFunds,
        };
        control.next(refused, 1).await?;
        let mut met = Vec::new();
        for _ in 0..4 {
            let answer = pay(&running).await;
            let error = &answer["error"];
            let code = [&error["decline_code"], &error["code"], &answer["status"]];
            met.extend(code.into_iter().find(|it| it.is_string()).cloned());
        }
        let expected = [
            "insufficient_funds",
            "rate_limit",
            "rate_limit",
            "succeeded",
        ];
        assert_eq!(met, expected);
    }
    Ok(())
}

#[tokio::test]
async fn time_and_webhooks_go_as_they_are_told() -> Result<(), ControlError> {
    let running = start().await;
    for control in both(&running) {
        control.reset().await?;
        let stopped = control.freeze(true).await?;
        assert!(stopped.frozen);
        let later = control.advance(3600).await?;
        assert_eq!(later.now - stopped.now, 3600);
        assert_eq!(control.clock().await?, later);
        control.webhooks(DeliveryMode::Off).await?;
        pay(&running).await;
        assert_eq!(count(&control.state().await?, "deliveries"), 0);
        control.webhooks(DeliveryMode::On).await?;
        let lost = PlannedWebhookFault::new("payment_intent.*", WebhookFault::Lose).times(9);
        control.misdeliver(&lost).await?;
        pay(&running).await;
        let state = control.state().await?;
        let lost = state["deliveries"].as_array().expect("a list").iter();
        let lost = lost.filter(|it| it["status"] == "lost").count();
        assert_eq!(lost, 2, "created and succeeded");
        let before = count(&state, "deliveries");
        let event = state["events"][0]["id"].as_str().expect("an id").to_owned();
        control.redeliver(&event).await?;
        assert_eq!(count(&control.state().await?, "deliveries"), before + 1);
        let unknown = control.redeliver_to(&event, "we_none").await;
        assert!(matches!(
            unknown,
            Err(ControlError::Refused { status: 404, .. })
        ));
        assert!(!control.freeze(false).await?.frozen);
    }
    Ok(())
}

#[tokio::test]
async fn quirks_are_set_told_and_forgotten() -> Result<(), ControlError> {
    let running = start().await;
    for control in both(&running) {
        let quirks = Quirks {
            decoy_frames: 1,
            lost_clicks: 2,
            ..Quirks::default()
        };
        control.misbehave(&quirks).await?;
        assert_eq!(control.quirks().await?, quirks);
        control.reset().await?;
        assert_eq!(control.quirks().await?, Quirks::default());
    }
    Ok(())
}

#[tokio::test]
async fn assumptions_are_read_changed_and_set() -> Result<(), ControlError> {
    let running = start().await;
    for (control, most_confirmations) in both(&running).into_iter().zip([3, 4]) {
        let changed = Assumptions {
            most_confirmations,
            ..control.assumptions().await?
        };
        control.assume(&changed).await?;
        assert_eq!(control.assumptions().await?, changed);
    }
    Ok(())
}

#[tokio::test]
async fn what_the_sandbox_refuses_says_why() {
    let running = start().await;
    let url = running.url();
    for (control, status) in [
        (Control::over_http(url, "pk_test_w").expect("a client"), 401),
        (running.sandbox().control("sk_live_w"), 401),
    ] {
        match control.state().await {
            Err(ControlError::Refused {
                status: met,
                message,
            }) => {
                assert_eq!(met, status);
                assert!(!message.is_empty());
            }
            other => panic!("{other:?}"),
        }
    }
    let nobody = Control::over_http("http://127.0.0.1:9", KEY).expect("a client");
    let nobody = nobody.clock().await;
    assert!(matches!(nobody, Err(ControlError::Lost(_))), "{nobody:?}");
}

#[test]
fn plans_are_written_as_the_documents_have_them() {
    let fault = Fault::Malformed {
        body: Malformed::Html,
        after_commit: true,
    };
    for (plan, expected) in [
        (
            json!(PlannedFault::new("POST", "/v1/*", fault)),
            json!({ "kind": "malformed", "body": "html", "after_commit": true }),
        ),
        (
            json!(PlannedWebhookFault::new("*", WebhookFault::Delay { ms: 5 })),
            json!({ "kind": "delay", "ms": 5 }),
        ),
    ] {
        assert_eq!(plan["fault"], expected);
    }
}

#[tokio::test]
async fn a_shopper_answers_without_a_browser() -> Result<(), ControlError> {
    let running = start().await;
    let in_page = "payment_method=pm_card_threeDSecure2Required&use_stripe_sdk=true";
    let on_a_page =
        "payment_method_data[type]=ideal&payment_method_data[billing_details][name]=Jenny";
    for control in both(&running) {
        for (method, leaves) in [(in_page, false), (on_a_page, true)] {
            for (answer, status, returns) in [
                (
                    ShopperAnswer::Complete,
                    "succeeded",
                    "redirect_status=succeeded",
                ),
                (
                    ShopperAnswer::Fail,
                    "requires_payment_method",
                    "redirect_status=failed",
                ),
            ] {
                let paid = pay_with(&running, method).await;
                assert_eq!(paid["status"], "requires_action", "{paid}");
                let id = paid["id"].as_str().unwrap_or_default();
                let back = control.answer(id, answer).await?;
                let came_back = back.is_some_and(|back| back.ends_with(returns));
                assert_eq!(came_back, leaves, "{method} {answer:?}");
                let intent = client::get(&running, &format!("{INTENTS}/{id}")).await;
                assert_eq!(intent["status"], status, "{method} {answer:?}");
                // Who has answered is not asked again.
                let again = control.answer(id, answer).await;
                assert!(matches!(
                    again,
                    Err(ControlError::Refused { status: 400, .. })
                ));
            }
        }
        let nobody = control.answer("pi_none", ShopperAnswer::Complete).await;
        assert!(matches!(
            nobody,
            Err(ControlError::Refused { status: 404, .. })
        ));
    }
    let setup =
        "confirm=true&payment_method=pm_card_threeDSecure2Required&return_url=https://shop.test/";
    let setup = client::post(&running, "/v1/setup_intents", setup).await;
    let setup = client::json(setup.expect("an answer")).await;
    assert_eq!(setup["status"], "requires_action");
    let id = setup["id"].as_str().unwrap_or_default();
    let [control, _] = both(&running);
    control.answer(id, ShopperAnswer::Complete).await?;
    let setup = client::get(&running, &format!("/v1/setup_intents/{id}")).await;
    assert_eq!(setup["status"], "succeeded");
    Ok(())
}
