//! `custom_fields`: up to three questions of the merchant's own.

use crate::stripe::error::{Error, Result};
use crate::stripe::json::{Value, json};
use crate::stripe::params::Params;
use serde::{Deserialize, Serialize};

const MOST: usize = 3;
const LONGEST: i64 = 255;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// Label and value.
    Dropdown(Vec<(String, String)>),
    Numeric(Length),
    Text(Length),
}

/// How many characters an answer may have.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Length {
    pub minimum: Option<i64>,
    pub maximum: Option<i64>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CustomField {
    pub key: String,
    pub label: String,
    pub optional: bool,
    pub default_value: Option<String>,
    pub kind: Kind,
}

impl CustomField {
    pub(crate) fn json(&self, value: Option<&String>) -> Value {
        let mut json = json!({
            "key": self.key,
            "label": { "custom": self.label, "type": "custom" },
            "optional": self.optional,
        });
        let of_length = |length: &Length| {
            json!({
                "default_value": self.default_value,
                "maximum_length": length.maximum,
                "minimum_length": length.minimum,
                "value": value,
            })
        };
        match &self.kind {
            Kind::Dropdown(options) => {
                let options = options.iter();
                json["type"] = json!("dropdown");
                json["dropdown"] = json!({
                    "default_value": self.default_value,
                    "options": options
                        .map(|(label, value)| json!({ "label": label, "value": value }))
                        .collect::<Vec<_>>(),
                    "value": value,
                });
            }
            Kind::Numeric(length) => {
                json["type"] = json!("numeric");
                json["numeric"] = of_length(length);
            }
            Kind::Text(length) => {
                json["type"] = json!("text");
                json["text"] = of_length(length);
            }
        }
        json
    }

    /// Whether an answer will do.
    pub(crate) fn takes(&self, answer: &str) -> bool {
        let count = answer.chars().count() as i64;
        let fits = |length: &Length| {
            (length.minimum.unwrap_or(0)..=length.maximum.unwrap_or(LONGEST)).contains(&count)
        };
        match &self.kind {
            Kind::Dropdown(options) => options.iter().any(|(_, value)| value == answer),
            Kind::Numeric(length) => fits(length) && answer.bytes().all(|it| it.is_ascii_digit()),
            Kind::Text(length) => fits(length),
        }
    }
}

pub(super) fn read(fields: Option<Params>) -> Result<Vec<CustomField>> {
    let Some(mut fields) = fields else {
        return Ok(Vec::new());
    };
    let mut read: Vec<CustomField> = Vec::new();
    for field in fields.items()? {
        let name = field.name("key");
        let field = read_field(field)?;
        if read.iter().any(|other| other.key == field.key) {
            return Err(Error::invalid("Each custom field needs a key of its own.").param(name));
        }
        read.push(field);
    }
    if read.len() > MOST {
        return Err(
            Error::invalid(format!("There are up to {MOST} custom fields.")).param("custom_fields"),
        );
    }
    Ok(read)
}

fn read_field(mut field: Params) -> Result<CustomField> {
    let key = field.required_text("key")?;
    let is_key = key.len() <= 200 && key.bytes().all(|sign| sign.is_ascii_alphanumeric());
    if !is_key {
        return Err(
            Error::invalid("A custom field's key has up to 200 letters and digits.")
                .param(field.name("key")),
        );
    }
    let label = field.map("label")?;
    let mut label = label.ok_or_else(|| field.missing("label"))?;
    let label = label.required_text("custom")?;
    let kind = field.required_text("type")?;
    let inner = field.map(&kind)?;
    let (kind, default_value) = match (kind.as_str(), inner) {
        ("dropdown", Some(inner)) => read_dropdown(inner)?,
        ("dropdown", None) => return Err(field.missing("dropdown")),
        (kind, inner) => {
            let mut inner = inner.unwrap_or_default();
            let length = Length {
                minimum: inner.integer_in("minimum_length", 1..=LONGEST)?,
                maximum: inner.integer_in("maximum_length", 1..=LONGEST)?,
            };
            let default_value = inner.text("default_value")?;
            match kind {
                "numeric" => (Kind::Numeric(length), default_value),
                _ => (Kind::Text(length), default_value),
            }
        }
    };
    let field_ = CustomField {
        key,
        label,
        optional: field.boolean("optional")?.unwrap_or(false),
        default_value,
        kind,
    };
    Ok(field_)
}

fn read_dropdown(mut inner: Params) -> Result<(Kind, Option<String>)> {
    let default_value = inner.text("default_value")?;
    let name = inner.name("default_value");
    let options = inner.map("options")?;
    let mut options = options.ok_or_else(|| inner.missing("options"))?;
    let options: Vec<(String, String)> = options
        .items()?
        .into_iter()
        .map(|mut option| {
            let read = (
                option.required_text("label")?,
                option.required_text("value")?,
            );
            Ok(read)
        })
        .collect::<Result<_>>()?;
    let is_option = |wanted: &String| options.iter().any(|(_, value)| value == wanted);
    if !default_value.as_ref().is_none_or(is_option) {
        return Err(Error::invalid("The default value must be one of the options.").param(name));
    }
    Ok((Kind::Dropdown(options), default_value))
}
