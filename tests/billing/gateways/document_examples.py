"""Documents of a small town, for the tests of PDFs."""

from billing.gateways.documents import (
    InvoiceDocument,
    MandateDocument,
    ReceiptDocument,
)
from billing.gateways.documents.contracts import Line
from foundation.documents import Town

TOWN: Town = {
    "name": "Ville de Saint-Aubin",
    "lines": [
        "Service enfance · 2 place de la Mairie · 31000 Saint-Aubin",
        "05 61 00 00 00 · enfance@saint-aubin.example",
    ],
    "accent": "#1f6f78",
}

LUNCHES: Line = {
    "description": "Cantine, école Jean-Moulin",
    "detail": "du 1er au 30 novembre 2026",
    "quantity": "16",
    "unit": "repas",
    "unit_price": "3,2508 €",
    "amount": "52,01 €",
    "trace": [
        "Votre quotient familial est 812, il se trouve entre 700 et 900.",
        "Le tarif de cette tranche est de 3,2508 € le repas.",
        "16 repas à 3,2508 € font 52,0128 €, arrondi à 52,01 €.",
    ],
}
CLUB: Line = {
    "description": "Centre de loisirs du mercredi",
    "detail": "4 journées avec repas",
    "quantity": "4",
    "unit": "jours",
    "unit_price": "11,40 €",
    "amount": "45,60 €",
    "trace": ["Le tarif de votre tranche est de 11,40 € la journée."],
}

INVOICE: InvoiceDocument = {
    "title": "Facture de novembre 2026",
    "lang": "fr",
    "paper": "a4",
    "date": "2026-11-30",
    "town": TOWN,
    "labels": {
        "number": "Facture",
        "dated": "Date",
        "period": "Période",
        "household_number": "Dossier famille",
        "person_code": "Code personne",
        "reference": "Référence",
        "emission_code": "Code émission",
        "addressee": "Destinataire",
        "description": "Prestation",
        "quantity": "Quantité",
        "unit": "Unité",
        "unit_price": "Prix unitaire",
        "amount": "Montant",
        "amount_due": "À payer",
        "due": "Avant le",
        "how_to_pay": "Comment payer",
        "why_this_price": "Pourquoi ce prix",
        "page": "Page {page} sur {pages}",
    },
    "number": "ENF-2026-000042",
    "reference": "ENF-2026-000042",
    "emission_code": "0042-7719",
    "person_code": "P-20318",
    "household_number": "F-01877",
    "dated": "30 novembre 2026",
    "period": "novembre 2026",
    "addressee": {
        "name": "Zoé Martin-Lefèvre",
        "lines": ["14 rue des Écoles", "Bâtiment B", "31000 Saint-Aubin"],
    },
    "sections": [
        {
            "title": "Léa Martin",
            "lines": [LUNCHES, CLUB],
            "subtotal_label": "Sous-total Léa",
            "subtotal": "97,61 €",
        },
        {
            "title": "Noé Martin",
            "lines": [LUNCHES | {"quantity": "12", "amount": "39,01 €", "trace": []}],
            "subtotal_label": "Sous-total Noé",
            "subtotal": "39,01 €",
        },
    ],
    "totals": [
        {"label": "Total de la facture", "amount": "136,62 €"},
        {"label": "Déjà payé", "amount": "0,00 €"},
    ],
    "exemptions": ["Exonéré de taxes : article 261, 4-4° du CGI."],
    "amount_due": "136,62 €",
    "due": "20 décembre 2026",
    "payment": [
        {
            "title": "Par prélèvement",
            "lines": [
                "136,62 € seront prélevés le 21 décembre 2026.",
                "Votre compte : FR14 •••• •••• 2606.",
                "Mandat STAUBIN-2026-000042, créancier FR72ZZZ123456.",
            ],
        },
        {
            "title": "En mairie",
            "lines": ["Par carte, en espèces ou par chèque, du lundi au vendredi."],
        },
    ],
    "legal": [
        "TVA non applicable, article 256 B du code général des impôts.",
        "Une question ? Écrivez-nous dans les deux mois qui suivent cette facture.",
    ],
}

RECEIPT: ReceiptDocument = {
    "title": "Reçu de paiement",
    "lang": "fr",
    "paper": "a4",
    "date": "2026-12-02",
    "town": TOWN,
    "labels": {
        "number": "Reçu",
        "received": "Reçu le",
        "method": "Payé par",
        "household_number": "Dossier famille",
        "payer": "De la part de",
        "amount": "Montant",
        "settled": "Ce que ce paiement règle",
        "document": "Facture",
        "dated": "Date",
        "page": "Page {page} sur {pages}",
    },
    "number": "REC-2026-000318",
    "received": "2 décembre 2026",
    "method": "Carte bancaire",
    "household_number": "F-01877",
    "payer": {"name": "Zoé Martin-Lefèvre", "lines": ["31000 Saint-Aubin"]},
    "amount": "136,62 €",
    "settled": [
        {"number": "ENF-2026-000041", "dated": "31 octobre 2026", "amount": "36,62 €"},
        {
            "number": "ENF-2026-000042",
            "dated": "30 novembre 2026",
            "amount": "100,00 €",
        },
    ],
    "notes": ["Merci de votre paiement. Gardez ce reçu avec vos factures."],
    "legal": ["Régie de recettes de la ville de Saint-Aubin."],
}

MANDATE: MandateDocument = {
    "title": "Mandat de prélèvement SEPA",
    "lang": "fr",
    "paper": "a4",
    "date": "2026-01-05",
    "town": TOWN,
    "labels": {
        "reference": "Référence unique du mandat (RUM)",
        "creditor_identifier": "Identifiant créancier (ICS)",
        "kind": "Type de paiement",
        "parties": "Qui paie à qui",
        "debtor": "Titulaire du compte",
        "creditor": "Créancier",
        "iban": "IBAN",
        "bic": "BIC",
        "signature": "Signature",
        "page": "Page {page} sur {pages}",
    },
    "reference": "STAUBIN-2026-000042",
    "kind": "Récurrent",
    "wording": [
        "Vous autorisez la ville à envoyer des ordres de débit à votre banque.",
        "Votre banque peut vous rembourser dans les 8 semaines qui suivent un débit.",
    ],
    "creditor": {
        "name": "Régie enfance de Saint-Aubin",
        "lines": ["2 place de la Mairie", "31000 Saint-Aubin", "France"],
        "identifier": "FR72ZZZ123456",
    },
    "debtor": {
        "name": "Zoé Martin-Lefèvre",
        "lines": ["14 rue des Écoles", "31000 Saint-Aubin", "France"],
        "iban": "FR14 •••• •••• 2606",
        "bic": "",
    },
    "signature": [
        {"label": "Signé par", "value": "Zoé Martin-Lefèvre, compte vérifié"},
        {"label": "Signé le", "value": "5 janvier 2026 à 18 h 42 (heure de Paris)"},
        {"label": "Moyen", "value": "Code à usage unique reçu par courriel"},
        {"label": "Empreinte du texte", "value": "9f86d081884c7d659a2feaa0c55ad015"},
    ],
    "legal": ["Une copie de ce mandat se trouve dans votre espace famille."],
}
