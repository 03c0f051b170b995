//! A labelled field of the details form, with what is wrong beside it. What is right is the server's to say.

use checkout::details::{COUNTRIES, MAX_CHARS};
use checkout::{DetailsErrors, DetailsForm, Field};
use leptos::prelude::*;

/// How a field is shown and typed.
struct Look {
    /// The input's name, and its id.
    name: &'static str,
    label: &'static str,
    /// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill>
    autocomplete: &'static str,
    required: bool,
}

/// Every field, in the order of the form.
const FIELDS: [Field; 8] = [
    Field::Email,
    Field::Name,
    Field::Country,
    Field::Line1,
    Field::Line2,
    Field::PostalCode,
    Field::City,
    Field::State,
];

fn look(field: Field) -> Look {
    let (name, label, autocomplete, required) = match field {
        Field::Email => ("email", "E-mail", "email", true),
        Field::Name => ("name", "Full name", "name", true),
        Field::Line1 => ("line1", "Address", "address-line1", true),
        Field::Line2 => ("line2", "Flat, floor (optional)", "address-line2", false),
        Field::City => ("city", "Town or city", "address-level2", true),
        Field::State => ("state", "State or province", "address-level1", false),
        Field::PostalCode => ("postal_code", "Postal code", "postal-code", true),
        Field::Country => ("country", "Country", "country", true),
    };
    Look {
        name,
        label,
        autocomplete,
        required,
    }
}

/// What was typed into a field.
#[must_use]
pub fn typed(form: &DetailsForm, field: Field) -> String {
    match field {
        Field::Email => &form.email,
        Field::Name => &form.name,
        Field::Line1 => &form.line1,
        Field::Line2 => &form.line2,
        Field::City => &form.city,
        Field::State => &form.state,
        Field::PostalCode => &form.postal_code,
        Field::Country => &form.country,
    }
    .clone()
}

/// One line of text.
#[component]
pub fn TextField(
    /// Which field.
    field: Field,
    /// What was typed so far.
    value: String,
    /// What is wrong with it.
    error: Option<&'static str>,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: Option<&'static str>,
) -> impl IntoView {
    let Look {
        name,
        label,
        autocomplete,
        required,
    } = look(field);
    let kind = if field == Field::Email {
        "email"
    } else {
        "text"
    };
    view! {
        <div class=format!("field field-{name}")>
            <label for=name>{label}</label>
            {hint.map(|words| view! { <p class="hint" id=format!("{name}-hint")>{words}</p> })}
            <input
                id=name
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                maxlength=MAX_CHARS.to_string()
                required=required
                aria-invalid=error.map(|_| "true")
                aria-describedby=described_by(name, hint.is_some(), error.is_some())
            />
            {error.map(|words| view! { <FieldError name words /> })}
        </div>
    }
    .into_any()
}

/// The country, out of those the shop ships to.
#[component]
pub fn CountryField(
    /// The code that was chosen so far.
    value: String,
    /// What is wrong with it.
    error: Option<&'static str>,
) -> impl IntoView {
    let Look {
        name,
        label,
        autocomplete,
        required,
    } = look(Field::Country);
    let options = COUNTRIES.map(|(code, country)| {
        view! {
            <option value=code selected=value == code>
                {country}
            </option>
        }
    });
    view! {
        <div class="field field-country">
            <label for=name>{label}</label>
            <select
                id=name
                name=name
                autocomplete=autocomplete
                required=required
                aria-invalid=error.map(|_| "true")
                aria-describedby=described_by(name, false, error.is_some())
            >
                <option value="">"Choose a country"</option>
                {options.collect_view()}
            </select>
            {error.map(|words| view! { <FieldError name words /> })}
        </div>
    }
    .into_any()
}

/// Everything that is wrong, each a link to its field. It takes the focus when the page opens, so that nobody has to
/// find out.
#[component]
pub fn ErrorSummary(
    /// What is wrong.
    errors: DetailsErrors,
) -> impl IntoView {
    let links = FIELDS.into_iter().filter_map(|field| {
        let words = errors.of(field)?;
        let Look { name, label, .. } = look(field);
        Some(view! {
            <li>
                <a href=format!("#{name}")>{format!("{label}: {words}")}</a>
            </li>
        })
    });
    view! {
        <div class="notice notice-danger" role="alert" tabindex="-1" autofocus=true>
            <h3>
                {if errors.len() == 1 { "One thing needs another look" } else { "A few things need another look" }}
            </h3>
            <ul>{links.collect_view()}</ul>
        </div>
    }
    .into_any()
}

#[component]
fn FieldError(name: &'static str, words: &'static str) -> impl IntoView {
    view! { <p class="field-error" id=format!("{name}-error")>{words}</p> }
}

fn described_by(name: &str, hinted: bool, wrong: bool) -> Option<String> {
    let hint = hinted.then(|| format!("{name}-hint"));
    let error = wrong.then(|| format!("{name}-error"));
    let ids = [hint, error].into_iter().flatten().collect::<Vec<_>>();
    (!ids.is_empty()).then(|| ids.join(" "))
}
