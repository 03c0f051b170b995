//! The JavaScript side, raw: calling a method by its name, writing options, and reading what comes back.
//! It knows no options and no types of ours; everything here may throw, and every throw is a `Result`.

use js_sys::{Array, Date, Function, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::error::StripeError;
use crate::given::{Attached, Given};
use crate::readable::Readable;
use crate::unread::Kept;

/// Calls a method by its name. One way for all methods: each import of its own would cost more than its name.
pub(crate) fn call(on: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let Ok(function) = get(on, method).dyn_into::<Function>() else {
        return Err(JsValue::from_str(
            &["this Stripe.js has no method ", method].concat(),
        ));
    };
    apply(&function, on, arguments)
}

pub(crate) fn apply(
    function: &Function,
    on: &JsValue,
    arguments: &[JsValue],
) -> Result<JsValue, JsValue> {
    let list = Array::new();
    for argument in arguments {
        list.push(argument);
    }
    function.apply(on, &list)
}

/// Options as the plain object Stripe.js expects.
pub(crate) fn plain<T>(given: &Given<T>) -> Result<JsValue, JsValue> {
    written(given.json.as_str(), &given.attached)
}

/// One function for the options of all types.
fn written(json: &str, attached: &[Attached]) -> Result<JsValue, JsValue> {
    let options = JSON::parse(json)?;
    for Attached { path, value, put } in attached {
        put(&options, path, value)?;
    }
    Ok(options)
}

/// Puts a value at a path such as `payment_method.card`, making the objects on the way.
pub(crate) fn put(root: &JsValue, path: &str, value: &JsValue) -> Result<(), JsValue> {
    let mut object = root.clone();
    let (way, name) = path.rsplit_once('.').unwrap_or(("", path));
    for step in way.split('.').filter(|step| !step.is_empty()) {
        let next = get(&object, step);
        object = if next.is_object() {
            next
        } else {
            let made = Object::new().into();
            Reflect::set(&object, &JsValue::from_str(step), &made)?;
            made
        };
    }
    Reflect::set(&object, &JsValue::from_str(name), value).map(drop)
}

/// Turns milliseconds into dates at these paths: JSON has no dates.
pub(crate) fn date(options: &JsValue, paths: &[&str]) -> Result<(), JsValue> {
    for path in paths {
        let (mut object, mut value) = (JsValue::UNDEFINED, options.clone());
        let mut name = "";
        for step in path.split('.') {
            name = step;
            let next = get(&value, step);
            object = std::mem::replace(&mut value, next);
        }
        if value.as_f64().is_some() {
            Reflect::set(&object, &JsValue::from_str(name), &Date::new(&value))?;
        }
    }
    Ok(())
}

/// A plain object of values that JSON cannot carry, such as another handle.
pub(crate) fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

/// An object of Stripe.js, if this is one.
pub(crate) fn handle(value: &JsValue) -> Result<JsValue, StripeError> {
    match value.is_object() {
        true => Ok(value.clone()),
        false => Err(StripeError::incomplete("an object")),
    }
}

/// What a call threw or a promise was rejected with.
pub(crate) fn thrown(value: JsValue) -> StripeError {
    StripeError::read(&value)
}

/// A failure that nobody can act on, for the page's developer.
pub(crate) fn warn(what: &str, cause: &JsValue) {
    web_sys::console::warn_2(&JsValue::from_str(what), cause);
}

pub(crate) fn get(value: &JsValue, name: &str) -> JsValue {
    // Reading a member of something that is no object throws, and wasm-bindgen keeps a slot of its table for ever for what a
    // function that threw did not return. So it is not even tried.
    if !value.is_object() && !value.is_function() {
        return JsValue::UNDEFINED;
    }
    // A getter of the page's may throw: then there is no such member.
    Reflect::get(value, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

impl Readable for JsValue {
    fn member(&self, name: &str) -> Option<Self> {
        let member = get(self, name);
        (!member.is_null_or_undefined()).then_some(member)
    }

    fn as_text(&self) -> Option<String> {
        self.as_string()
    }

    fn as_flag(&self) -> Option<bool> {
        self.as_bool()
    }

    fn as_number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn is_object(&self) -> bool {
        JsValue::is_object(self)
    }

    fn items(&self) -> Vec<Self> {
        match self.dyn_ref::<Array>() {
            Some(array) => array.iter().collect(),
            None => Vec::new(),
        }
    }

    fn entries(&self) -> Vec<(String, Self)> {
        let Some(object) = self.dyn_ref::<Object>() else {
            return Vec::new();
        };
        let names = Object::keys(object);
        names
            .iter()
            .filter_map(|name| Some((name.as_string()?, Reflect::get(self, &name).ok()?)))
            .collect()
    }

    fn keep(&self) -> Kept {
        Kept::Js(self.clone())
    }
}
