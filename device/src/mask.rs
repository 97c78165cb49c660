//! An address, partly hidden (R64).
//!
//! Shown at most: the first and the last character of the local part, and the top-level domain. A local part of
//! fewer than four characters shows nothing of itself, for two shown of three is no hiding. The number of
//! stars is constant, so that the length is not told either.

const STARS: &str = "•••••";

/// `"anna.lopez@example.org"` becomes `"a•••••z@•••••.org"`.
///
/// What is no address becomes stars only. An IDN keeps its top-level domain as it is written; one that is longer
/// than eight characters is hidden too, since long ones name a company or a town.
#[must_use]
pub fn mask(address: &str) -> String {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return format!("{STARS}@{STARS}");
    };
    format!("{}@{}", mask_local(local), mask_domain(domain))
}

fn mask_local(local: &str) -> String {
    let count = local.chars().count();
    match (local.chars().next(), local.chars().next_back()) {
        (Some(first), Some(last)) if count >= 4 && plain(first) && plain(last) => format!("{first}{STARS}{last}"),
        _ => STARS.to_owned(),
    }
}

fn mask_domain(domain: &str) -> String {
    match domain.rsplit_once('.') {
        Some((_, top)) if (2..=8).contains(&top.chars().count()) && top.chars().all(char::is_alphanumeric) => {
            format!("{STARS}.{top}")
        }
        _ => STARS.to_owned(),
    }
}

/// Quotes, controls, marks that combine and the like could hide more, or less, than one character.
fn plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+')
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn r64_masking_shows_two_characters_and_the_top_level_domain_at_most() {
        let table = [
            ("anna.lopez@example.org", "a•••••z@•••••.org"),
            ("anna@example.co.uk", "a•••••a@•••••.uk"),
            ("a@b.de", "•••••@•••••.de"),
            ("ab@b.de", "•••••@•••••.de"),
            ("abc@b.de", "•••••@•••••.de"),
            ("abcd@b.de", "a•••••d@•••••.de"),
            ("jörg-ä@exämple.example", "j•••••ä@•••••.example"),
            ("用户名字@例子.广告", "用•••••字@•••••.广告"),
            ("user@xn--fsqu00a.xn--0zwm56d", "u•••••r@•••••"),
            ("user@host", "u•••••r@•••••"),
            ("user@[192.0.2.1]", "u•••••r@•••••"),
            ("\"a@b\"@example.org", "•••••@•••••.org"),
            ("owner@office.photography", "o•••••r@•••••"),
            ("e\u{301}abcd@b.de", "e•••••d@•••••.de"),
            ("abc\u{301}\u{301}@b.de", "•••••@•••••.de"),
            ("no address", "•••••@•••••"),
            ("", "•••••@•••••"),
        ];
        for (address, shown) in table {
            assert_eq!(mask(address), shown, "{address}");
        }
    }

    #[test]
    fn r64_the_length_of_an_address_is_not_told() {
        assert_eq!(mask("annabella@example.org").len(), mask("anna@a.org").len());
    }
}
