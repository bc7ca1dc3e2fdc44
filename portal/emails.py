"""Mail: deferred inside the transaction that causes it, sent by a worker, tried for a day."""

from django.core.mail import EmailMultiAlternatives

from portal import jobs


@jobs.task(retries=8)
def send_mail(*, to: str, subject: str, text: str, html: str = "") -> None:
    """Send one e-mail to one address; `html` is the same text with a look."""
    message = EmailMultiAlternatives(" ".join(subject.split()), text, to=[to])
    if html:
        message.attach_alternative(html, "text/html")
    message.send()
