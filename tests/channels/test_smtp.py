import pytest

from innesco.channels.channel import Broken, Refused, TryAgain
from innesco.channels.smtp import receipt


@pytest.mark.parametrize(
    ("code", "text", "kind", "suppress"),
    [
        (421, "4.3.2 Service shutting down", TryAgain, None),
        (450, "4.2.0 Greylisted, see you in five minutes", TryAgain, None),
        (452, "4.2.2 Mailbox full", TryAgain, None),
        (550, "5.1.1 No such user", Refused, True),
        (550, "No such user", Refused, False),
        (550, "5.7.1 Message rejected due to policy", Refused, False),
        (552, "5.2.2 Mailbox full", Refused, False),
        (554, "5.6.0 Content refused", Refused, False),
        (535, "5.7.8 Authentication credentials invalid", Broken, None),
        (530, "5.7.0 Authentication required", Broken, None),
    ],
)
def test_what_a_servers_answer_means(code, text, kind, suppress):
    said = receipt(code, text)
    assert isinstance(said, kind)
    assert getattr(said, "suppress", None) is suppress
    assert str(code) in said.because
