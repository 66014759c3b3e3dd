"""One demo family: signs up, adds its children, asks, hands in proofs, books."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone

from catalog.models import Service, Session
from enrolment.models import AccessRequest
from enrolment.queries.needs import missing_of, needs_of
from enrolment.queries.planning import read_activity
from enrolment.services.accepting import say_yes
from enrolment.services.holding import Wanted
from enrolment.services.ordering import Changes, book_days
from enrolment.services.request_proofs import Given, give_proof
from enrolment.services.requests import choose_situation, open_request, submit_request
from enrolment.services.review import refuse_request
from enrolment.services.waiting_list import Place, offer_place
from families.enums import Civility, ProofKind, ProofStatus, Proves, Residence
from families.models import Child, Household, Person, Proof, ProofType
from families.services.children import ChildDetails, add_child
from families.services.expected import Names, expect_child
from families.services.households import Address, open_household
from families.services.people import keep_address, register_person
from families.services.proofs import accept_proof, submit_proof
from foundation.accounts.models import Account
from foundation.periods import ONE_DAY
from foundation.uploads.cleaning import CleanFile
from portal.demo.aids import grant
from portal.demo.care import give_care
from portal.demo.lateness import collect
from portal.demo.papers import paper
from portal.demo.people import Asked, Booked, ChildOf, Family
from tenants.queries import current_town
from tenants.townhall.models import Commune, School

COUNTRIES = {"EUR": "FR", "CAD": "CA"}
# Clerks answer two days after.
REVIEW = timedelta(days=2)
# What requests call a child to be born who has no first name yet.
UNNAMED = "to be born"


@dataclass
class FamilyLife:
    """The story of one family, told to the services in order."""

    family: Family
    clerk: Account
    zone: ZoneInfo
    account: Account = field(init=False)
    household: Household = field(init=False)
    children: dict[str, Child] = field(default_factory=dict)

    def live(self) -> None:
        """Go from sign-up to the last booking."""
        person = self._sign_up()
        self._move_in(person)
        self._prove_standing()
        for asked in self.family.requests:
            self._ask(asked)
        for booked in self.family.bookings:
            self._book(booked)
        for aided in self.family.aids:
            child = self.children[aided.child]
            grant(aided, child=child, household=self.household, clerk=self.clerk)
        for late in self.family.collected:
            child = self.children[late.child]
            collect(late, child=child, clerk=self.clerk, zone=self.zone)

    def _sign_up(self) -> Person:
        """Return the person, with an account when the family has an address."""
        family = self.family
        if not family.email:
            # A file that the town knows already was opened by a clerk.
            self.account = self.clerk
            return Person.objects.create(
                civility=family.civility,
                first_name=family.first_name,
                last_name=family.last_name,
                birth_date=family.birth_date,
                email=family.known_email,
            )
        self.account = self._open_account(family)
        person = register_person(
            account=self.account,
            civility=Civility(family.civility),
            first_name=family.first_name,
            last_name=family.last_name,
            now=self._at(family.since),
        )
        keep_address(account=self.account, email=family.email)
        return person

    def _open_account(self, family: Family) -> Account:
        account = Account.objects.create_user(
            family.email,
            settings.DEMO_PASSWORD,
            first_name=family.first_name,
            last_name=family.last_name,
        )
        EmailAddress.objects.create(
            user=account, email=family.email, verified=True, primary=True
        )
        return account

    def _move_in(self, person: Person) -> None:
        family = self.family
        commune = Commune.objects.filter(code=family.commune).first()
        self.household = open_household(
            person=person,
            address=Address(
                street=family.street,
                postal_code=family.postal_code,
                city=family.city,
                country=COUNTRIES[current_town().currency],
                commune=commune,
            ),
            phone=family.phone,
            actor=self.account,
        )
        self._add_children()

    def _add_children(self) -> None:
        for child in self.family.children:
            added = self._expect(child) if child.is_expected else self._add(child)
            self.children[child.first_name or UNNAMED] = added
            if child.care is not None:
                give_care(
                    child.care,
                    child=added,
                    household=self.household,
                    now=self._at(self.family.since),
                    actor=self.account,
                )

    def _add(self, child: ChildOf) -> Child:
        details = ChildDetails(
            child.first_name,
            child.last_name,
            child.birth_date,
            School.objects.get(code=child.school) if child.school else None,
            child.school_class,
            child.other_school,
        )
        return add_child(
            household=self.household,
            details=details,
            today=self.family.since.date(),
            actor=self.account,
        )

    def _expect(self, child: ChildOf) -> Child:
        return expect_child(
            household=self.household,
            names=Names(child.first_name, child.last_name, child.birth_date),
            today=self.family.since.date(),
            actor=self.account,
        )

    def _prove_standing(self) -> None:
        """Hand in what opens the resident price and the family's own quotient."""
        if self.family.residence:
            self._prove(Proves.RESIDENCE)
        if self.family.quotient is not None:
            self._prove(Proves.QUOTIENT)

    def _prove(self, proves: Proves) -> None:
        proof_type = ProofType.objects.filter(proves=proves).order_by("pk")[0]
        proof = submit_proof(
            household=self.household,
            child=None,
            proof_type=proof_type,
            submitted_by=self.account,
            now=self._at(self.family.since),
            files=[self._paper(proof_type, self.family.since)],
        )
        self._accept(proof, self.family.since)

    def _accept(self, proof: Proof, at: datetime) -> None:
        accept_proof(
            proof=proof,
            reviewer=self.clerk,
            valid_from=at.date(),
            now=self._at(at + REVIEW),
            residence=Residence(self.family.residence or Residence.OUTSIDE),
            quotient=self.family.quotient,
        )

    def _ask(self, asked: Asked) -> None:
        request = open_request(
            household=self.household,
            child=self.children[asked.child],
            service=Service.objects.get(code=asked.service),
            actor=self.account,
            now=self._at(asked.at),
            today=asked.at.date(),
        )
        if asked.situation:
            situation = request.service.situations.get(code=asked.situation)
            choose_situation(request=request, situation=situation, actor=self.account)
            request.refresh_from_db()
        self._complete(request, asked)
        sent = submit_request(
            request=request,
            is_certified=True,
            actor=self.account,
            now=self._at(asked.at),
            today=asked.at.date(),
        )
        self._decide(sent, asked)

    def _complete(self, request: AccessRequest, asked: Asked) -> None:
        """Give the compulsory proofs that the town does not have yet."""
        for need in missing_of(needs_of(request, on=asked.at.date())):
            kind = need.requirement.proof_type
            is_form = kind.kind == ProofKind.FORM
            give_proof(
                request=request,
                requirement=need.requirement,
                given=Given(
                    files=[] if is_form else [self._paper(kind, asked.at)],
                    answers=asked.answers if is_form else {},
                ),
                actor=self.account,
                now=self._at(asked.at),
            )

    def _decide(self, request: AccessRequest, asked: Asked) -> None:
        now = self._at(asked.at + REVIEW)
        if asked.decision == "refused":
            refuse_request(
                request=request, reason=asked.reason, reviewer=self.clerk, now=now
            )
        if asked.decision not in {"accepted", "offered"}:
            return
        for proof in Proof.objects.filter(
            household=self.household, status=ProofStatus.SUBMITTED
        ):
            self._accept(proof, asked.at)
        say_yes(
            request=request,
            days=None,
            reviewer=self.clerk,
            now=now,
            today=now.date(),
        )
        if asked.decision == "offered":
            self._offer(request, asked.reason)

    def _offer(self, request: AccessRequest, words: str) -> None:
        """Offer a place today: the family still has time to answer."""
        request.refresh_from_db()
        now = timezone.now()
        last = now.date() + request.service.days_to_answer * ONE_DAY
        place = Place(request.wished_on or last, last, words)
        offer_place(
            request=request,
            place=place,
            reviewer=self.clerk,
            now=now,
            today=now.date(),
        )

    def _book(self, booked: Booked) -> None:
        activity = read_activity(code=booked.activity)
        if activity is None:
            raise LookupError(f"No activity has the code {booked.activity}.")
        sessions = [
            session
            for session in Session.objects.filter(activity=activity)
            .between(booked.from_on, booked.until_on)
            .order_by("starts_on", "name")
            if session.starts_on.weekday() in booked.weekdays
            and booked.session in ("", session.name)
        ]
        pairs = [
            (self.children[name].public_id, session.public_id)
            for name in booked.children
            for session in sessions
        ]
        book_days(
            changes=Changes(Wanted(self.household, activity, pairs)),
            account=self.account,
            now=self._at(booked.at),
            zone=self.zone,
        )

    def _paper(self, proof_type: ProofType, at: datetime) -> CleanFile:
        name = f"{self.family.first_name} {self.family.last_name}"
        return paper(proof_type.name, name, f"{at:%Y-%m-%d}")

    def _at(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self.zone)
