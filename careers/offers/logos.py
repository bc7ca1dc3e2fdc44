"""Logos of employers: whatever is uploaded is drawn anew, so that nothing but a picture is kept."""

import warnings
from functools import partial
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

FORMATS = ["PNG", "JPEG", "WEBP"]
MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 16_000_000
# The longest side that is kept: twice the largest on a page, for sharp screens.
LONGEST_SIDE = 256


def redrawn(upload: UploadedFile) -> ContentFile:
    """The picture as WebP, upright, small and without metadata.

    Raises ValidationError for what is too large, broken, or no PNG, JPEG or WebP (SVG is not).
    """
    if upload.size is None or upload.size > MOST_BYTES:
        raise ValidationError(_("The file is larger than 2 MB."))
    picture = _opened(upload)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    square = ImageOps.pad(picture, (LONGEST_SIDE, LONGEST_SIDE), color=(0, 0, 0, 0))
    body = BytesIO()
    square.save(body, "WEBP", quality=90)
    return ContentFile(body.getvalue(), name="logo.webp")


def _opened(upload: UploadedFile) -> Image.Image:
    """Its pixels, upright; what it says about itself may be as broken as they."""
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            # Of pixels in their millions Pillow only warns.
            warnings.simplefilter("error")
            picture = Image.open(upload, formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("The picture has more than 16 million pixels."))
            return ImageOps.exif_transpose(picture).convert("RGBA")
    except ValidationError:
        raise
    except Exception as error:  # whatever Pillow says of a broken file
        raise ValidationError(_("This is no readable PNG, JPEG or WebP picture.")) from error


def forget(logo: FieldFile) -> None:
    """Delete the file of a logo that no employer has any more, once that is committed."""
    if logo.name:
        # The row is saved already: a storage that does not answer is no error of its editor.
        transaction.on_commit(partial(logo.storage.delete, logo.name), robust=True)


def url(logo: FieldFile) -> str:
    """Where a logo is served."""
    return reverse("employers:logo", args=[(logo.name or "").rpartition("/")[2].partition(".")[0]])
