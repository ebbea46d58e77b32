//! How long a template's notes to real people are, for each `detail`.

use super::{NoDraft, Order, Request, WhyNot, language};
use crate::contact::Contact;
use crate::context::note_length;
use crate::template::{DETAILS, Library, Measured, Template};

impl Library {
    /// The longest note to a person for each `detail`, from everything to the bare facts, whether it fits or not.
    ///
    /// # Errors
    /// The person has not what the template needs, reads another language, or the template cannot be rendered.
    pub fn measure(
        &self,
        template: &Template,
        contact: &Contact,
        request: &Request<'_>,
    ) -> Result<Vec<Measured>, Box<NoDraft>> {
        let contact = &Contact { language: Some(language(contact, request).to_owned()), ..contact.clone() };
        let order = Order::new(contact, request);
        let refuse = |why| Box::new(NoDraft::new(contact, why));
        if !order.speaks(template) {
            let written = (template.id().to_owned(), template.front().language.clone());
            let language = order.language().to_owned();
            return Err(refuse(WhyNot::Language { template: Some(written), language }));
        }
        order.meets(template).map_err(refuse)?;
        let scope = order.scope(template);
        let choices = order.choices_of_facts(template);
        let mut longest = Vec::new();
        for detail in DETAILS {
            let mut notes = Vec::new();
            for facts in &choices {
                let text = self.render(template, &scope.with(facts, detail));
                let text = text.map_err(|error| refuse(WhyNot::broken(self, template, *error)))?;
                notes.push(Measured { name: contact.first_name.clone(), detail, length: note_length(&text), text });
            }
            longest.extend(notes.into_iter().max_by_key(|note| note.length));
        }
        Ok(longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_note_to_a_person_is_measured_at_each_detail() {
        let text = "{#\ntitle: x\nneeds: [talk]\n#}\nHi {{ contact.first_name }}, {{ talk.what }}{% if detail == 2 %}!{% endif %}";
        let (library, _) = Library::empty().with(&[("invite/t".into(), text.into())]);
        let template = library.get("invite/t").unwrap();
        let yaml = "{ first_name: Ana, facts: [{ talk: her talk }, { talk: her longer talk }] }";
        let contact: Contact = serde_yaml::from_str(yaml).unwrap();
        let measured = library.measure(template, &contact, &Request::default()).unwrap();
        let lengths: Vec<_> = measured.iter().map(|note| (note.detail, note.length)).collect();
        assert_eq!(lengths, [(2, 25), (1, 24), (0, 24)], "{measured:?}");
        let nobody: Contact = serde_yaml::from_str("{ first_name: Ana }").unwrap();
        assert!(matches!(
            library.measure(template, &nobody, &Request::default()).unwrap_err().why,
            WhyNot::Missing { .. }
        ));
    }
}
