//! Handles and listeners: destroyed once, heard as long as they are kept, and nothing left behind.

use std::cell::Cell;
use std::rc::Rc;

use stripe_js::{Elements, ElementsOptions, ErrorKind, Payment};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{console, count, first, held, lose, place, stripe};

async fn group() -> Elements {
    let options = ElementsOptions::payment(1_999, "usd");
    stripe().await.elements(&options).unwrap()
}

#[wasm_bindgen_test]
async fn dropped_while_it_loads_and_made_again() {
    let group = group().await;
    let here = place("here");
    for _ in 0..3 {
        let payment = group.create::<Payment>(&Default::default()).unwrap();
        payment.mount(&here).unwrap();
        drop(payment);
        assert_eq!(count("#here iframe"), 0);
    }
    let payment = group.create::<Payment>(&Default::default()).unwrap();
    payment.mount(&here).unwrap();
    first(|mut tell| payment.on_ready(move || tell(()))).await;
    assert_eq!(count("#here iframe"), 1);
    assert!(console("stripe-js").await.is_empty());
}

#[wasm_bindgen_test]
async fn dropped_after_its_place_is_gone() {
    let payment = group()
        .await
        .create::<Payment>(&Default::default())
        .unwrap();
    let here = place("here");
    payment.mount(&here).unwrap();
    here.remove();
    drop(payment);
    assert!(console("stripe-js").await.is_empty());
}

#[wasm_bindgen_test]
async fn dropped_after_a_load_that_failed() {
    let group = group().await;
    lose("**/v3/**", 1).await;
    let payment = group.create::<Payment>(&Default::default()).unwrap();
    payment.mount(&place("here")).unwrap();
    first(|tell| payment.on_load_error(tell)).await;
    drop(payment);
    assert_eq!(count("#here iframe"), 0);
    assert!(console("stripe-js").await.is_empty());
}

#[wasm_bindgen_test]
async fn mounted_twice() {
    let group = group().await;
    let payment = group.create::<Payment>(&Default::default()).unwrap();
    let here = place("here");
    payment.mount(&here).unwrap();
    payment.mount(&here).unwrap();
    let error = payment.mount(&place("there")).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Integration);
    assert_eq!(count("#here iframe"), 1);
    // A second one of its kind is refused as long as the first lives; a handle that was asked for owns nothing.
    assert!(group.create::<Payment>(&Default::default()).is_err());
    drop(group.get::<Payment>().unwrap());
    assert_eq!(count("#here iframe"), 1);
}

#[wasm_bindgen_test]
async fn a_dropped_subscription_hears_nothing() {
    let payment = group()
        .await
        .create::<Payment>(&Default::default())
        .unwrap();
    let heard = Rc::new(Cell::new(0));
    let counter = Rc::clone(&heard);
    drop(payment.on_ready(move || counter.set(counter.get() + 1)));
    payment.mount(&place("here")).unwrap();
    first(|mut tell| payment.on_ready(move || tell(()))).await;
    assert_eq!(heard.get(), 0);
    // What the handler held is free.
    assert_eq!(Rc::strong_count(&heard), 1);
}

#[wasm_bindgen_test]
async fn a_thousand_forms_leave_nothing_behind() {
    let group = group().await;
    let here = place("here");
    let mut after = Vec::new();
    for _ in 0..10 {
        for cycle in 0..100 {
            let payment = group.create::<Payment>(&Default::default()).unwrap();
            let heard = payment.on_change(|_| {});
            payment.mount(&here).unwrap();
            match cycle {
                // Most go while they load; one is there by then, and one is shown twice.
                0 => first(|mut tell| payment.on_ready(move || tell(()))).await,
                1 => {
                    payment.unmount().unwrap();
                    payment.mount(&here).unwrap();
                }
                _ => {}
            }
            drop(payment);
            drop(heard);
        }
        after.push(held().await);
    }
    // The first hundreds fill what is kept for the next ones.
    assert_eq!(after[2], after[9], "{after:?}");
    assert_eq!(after[9]["frames"], 1);
}
