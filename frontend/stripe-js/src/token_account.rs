//! What is known of a connected account, and of the people behind it, on its way into a token.

use crate::confirmation_token::Address;
use crate::names::closed_enum;
use crate::options::options;
use crate::secret::Secret;
use crate::text_map::TextMap;

options! {
    /// A connected account. See <https://docs.stripe.com/api/tokens/create_account>.
    pub struct AccountData {
        /// What it is.
        business_type: AccountType,
        /// The company.
        company: Company,
        /// The person, for an account of one.
        individual: Individual,
        /// That its owner agreed to Stripe's terms.
        tos_shown_and_accepted: bool,
    }
}

closed_enum! {
    /// What a connected account is.
    pub enum AccountType {
        /// A company.
        Company = "company",
        /// An office of a state.
        GovernmentEntity = "government_entity",
        /// One person.
        Individual = "individual",
        /// It makes no profit.
        NonProfit = "non_profit",
    }
}

options! {
    /// The company of a connected account.
    pub struct Company {
        /// Address.
        address: Address,
        /// Address in kana.
        address_kana: JapaneseAddress,
        /// Address in kanji.
        address_kanji: JapaneseAddress,
        /// That all directors are named.
        directors_provided: bool,
        /// That all executives are named.
        executives_provided: bool,
        /// Legal name.
        name: String,
        /// Legal name in kana.
        name_kana: String,
        /// Legal name in kanji.
        name_kanji: String,
        /// That all owners are named.
        owners_provided: bool,
        /// Phone number.
        phone: String,
        /// Legal form.
        structure: CompanyStructure,
        /// Number with the tax office.
        tax_id: Secret,
        /// Where that number is registered.
        tax_id_registrar: String,
        /// VAT number.
        vat_id: String,
        /// Documents.
        verification: VerificationDocument,
    }
}

closed_enum! {
    /// A company's legal form. See <https://docs.stripe.com/connect/identity-verification#business-structure>.
    pub enum CompanyStructure {
        /// An instrument of a government.
        GovernmentInstrumentality = "government_instrumentality",
        /// A part of a government.
        GovernmentalUnit = "governmental_unit",
        /// An incorporated body without profit.
        IncorporatedNonProfit = "incorporated_non_profit",
        /// A partnership of limited liability.
        LimitedLiabilityPartnership = "limited_liability_partnership",
        /// An LLC of several members.
        MultiMemberLlc = "multi_member_llc",
        /// A private company.
        PrivateCompany = "private_company",
        /// A private corporation.
        PrivateCorporation = "private_corporation",
        /// A private partnership.
        PrivatePartnership = "private_partnership",
        /// A public company.
        PublicCompany = "public_company",
        /// A public corporation.
        PublicCorporation = "public_corporation",
        /// A public partnership.
        PublicPartnership = "public_partnership",
        /// One owner.
        SoleProprietorship = "sole_proprietorship",
        /// An instrument of a government that pays no tax.
        TaxExemptGovernmentInstrumentality = "tax_exempt_government_instrumentality",
        /// An association that is not incorporated.
        UnincorporatedAssociation = "unincorporated_association",
        /// A body without profit that is not incorporated.
        UnincorporatedNonProfit = "unincorporated_non_profit",
    }
}

options! {
    /// An address in Japan, in kana or kanji.
    pub struct JapaneseAddress {
        /// City or ward.
        city: String,
        /// `JP`
        country: String,
        /// Block or building number.
        line1: String,
        /// Building.
        line2: String,
        /// Postal code.
        postal_code: String,
        /// Prefecture.
        state: String,
        /// Town or cho-me.
        town: String,
    }
}

options! {
    /// The person of a connected account.
    pub struct Individual {
        /// Address.
        address: Address,
        /// Address in kana.
        address_kana: JapaneseAddress,
        /// Address in kanji.
        address_kanji: JapaneseAddress,
        /// Date of birth.
        dob: BirthDate,
        /// E-mail address.
        email: String,
        /// First name.
        first_name: String,
        /// First name in kana.
        first_name_kana: String,
        /// First name in kanji.
        first_name_kanji: String,
        /// Gender.
        gender: String,
        /// Number with the state.
        id_number: Secret,
        /// Last name.
        last_name: String,
        /// Last name in kana.
        last_name_kana: String,
        /// Last name in kanji.
        last_name_kanji: String,
        /// Name at birth.
        maiden_name: String,
        /// Pairs of your own.
        metadata: TextMap,
        /// Phone number.
        phone: String,
        /// Whether they hold a public office.
        political_exposure: PoliticalExposure,
        /// The last four digits of the social security number.
        ssn_last_4: Secret,
        /// Documents.
        verification: Documents,
    }
}

closed_enum! {
    /// Whether someone holds a public office.
    pub enum PoliticalExposure {
        /// They do not.
        None = "none",
        /// They do, or someone near them does.
        Existing = "existing",
    }
}

options! {
    /// A date of birth.
    pub struct BirthDate {
        required {
            /// From 1.
            day: u32,
            /// From 1.
            month: u32,
            /// In four digits.
            year: u32,
        }
    }
}

options! {
    /// Documents about a person.
    pub struct Documents {
        /// An identity document.
        document: Verification,
        /// Another, for the address.
        additional_document: Verification,
    }
}

options! {
    /// Documents about a company.
    pub struct VerificationDocument {
        /// The document.
        document: Verification,
    }
}

options! {
    /// Both sides of a document, as uploaded files.
    pub struct Verification {
        /// `file_…`
        back: String,
        /// `file_…`
        front: String,
    }
}

options! {
    /// A person of a connected account. See <https://docs.stripe.com/api/tokens/create_person>.
    pub struct PersonData {
        /// Address.
        address: Address,
        /// Address in kana.
        address_kana: JapaneseAddress,
        /// Address in kanji.
        address_kanji: JapaneseAddress,
        /// Date of birth.
        dob: BirthDate,
        /// E-mail address.
        email: String,
        /// First name.
        first_name: String,
        /// First name in kana.
        first_name_kana: String,
        /// First name in kanji.
        first_name_kanji: String,
        /// Gender.
        gender: String,
        /// Number with the state.
        id_number: Secret,
        /// Last name.
        last_name: String,
        /// Last name in kana.
        last_name_kana: String,
        /// Last name in kanji.
        last_name_kanji: String,
        /// Name at birth.
        maiden_name: String,
        /// Pairs of your own.
        metadata: TextMap,
        /// Phone number.
        phone: String,
        /// What they are to the account.
        relationship: Relationship,
        /// The last four digits of the social security number.
        ssn_last_4: Secret,
        /// Documents.
        verification: Documents,
    }
}

options! {
    /// What a person is to a connected account.
    pub struct Relationship {
        /// On its board.
        director: bool,
        /// Responsible for its business.
        executive: bool,
        /// An owner.
        owner: bool,
        /// How much of it they own.
        percent_ownership: f64,
        /// Who opened it.
        representative: bool,
        /// Their title.
        title: String,
    }
}
