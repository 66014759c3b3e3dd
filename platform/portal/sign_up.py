"""What the session remembers of a sign-up, until the address is confirmed."""

#: Where the message went; the "check your mail" page shows it.
SENT_TO = "sign_up_address"
#: The answers, the password excepted: a correction starts from them.
ANSWERS = "sign_up_answers"
#: The account of this browser that still waits for its link.
WAITING = "sign_up_account"
