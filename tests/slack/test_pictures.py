"""Pictures that the bot posts in Slack: beside words, once, and found again where nobody knows whether they arrived."""

import pytest

from bot.domain.people import Platform
from bot.domain.places import Place, Thread
from bot.messages import Attachment, Message, Paragraph, Picture, say
from bot.ports import Busy, Unknown
from tests.slack.stage import Json, Stage, card, words

TEXT = say("The result of **{question}** as a picture.", question="*Where* <!channel> next?")
TOLD = Message((Paragraph(TEXT),), TEXT, files=(Attachment("poll.png", b"not quite a picture", "Bars"),))


CHART = Picture(Attachment("poll-1.png", b"not quite a picture either", "Bars"))
SHOWN = Message((Paragraph(TEXT), CHART, Paragraph(TEXT)), TEXT)


def kinds(message: Json) -> list[str]:
    return [block["type"] for block in message["blocks"]]


async def thread(stage: Stage) -> Thread:
    """The thread of a card."""
    place = Place(Platform("slack"), stage.london)
    return Thread(place, await stage.slack.post(place, card(), "card 1"))


async def test_a_picture_stands_in_a_thread_with_words_beside_it(stage: Stage) -> None:
    """What people wrote marks and pings nothing there, and the picture is described."""
    to = await thread(stage)
    await stage.slack.post(to, TOLD, "result 1 picture")
    *_, posted = stage.rows("slack/message/")
    assert words(posted["blocks"]) == "The result of *Where* <!channel> next? as a picture."
    assert posted["_mentioned"] == []
    assert f"{stage.london}:{posted['thread_ts']}" == to.ref
    assert [(file["alt_txt"], file["title"]) for file in posted["files"]] == [("Bars", "poll.png")]


async def test_a_picture_that_may_have_been_lost_is_found_by_its_key(stage: Stage) -> None:
    """The connection broke after it arrived: it is Unknown, and then found; and what else is sought is not in doubt."""
    to, began = await thread(stage), stage.clock.now()
    await stage.standin.fault("cut_off", left=1, method="files.completeUploadExternal")
    with pytest.raises(Unknown):
        await stage.slack.post(to, TOLD, "result 1 picture")
    assert await stage.slack.find(to, "result 1 picture", began) is not None
    assert await stage.slack.find(to, "result 2 picture", began) is None


async def test_a_picture_that_was_not_shared_is_tried_again(stage: Stage) -> None:
    """An upload that nobody has seen does no harm."""
    to = await thread(stage)
    await stage.standin.fault("error_before", left=1, method="files.getUploadURLExternal")
    with pytest.raises(Busy):
        await stage.slack.post(to, TOLD, "result 1 picture")
    assert len(stage.rows("slack/message/")) == 1


async def test_a_picture_among_words_is_given_to_slack_once_and_shown_when_it_has_looked_at_it(stage: Stage) -> None:
    """Until then nothing is posted; edits show the same picture, or none, and nobody finds it anywhere else."""
    place = Place(Platform("slack"), stage.london)
    with pytest.raises(Busy, match="Slack still looks at a picture"):
        await stage.slack.post(place, SHOWN, "write-up 1")
    assert stage.rows("slack/message/") == []
    stage.watch.ahead += 1
    ref = await stage.slack.post(place, SHOWN, "write-up 1")
    assert kinds(stage.message(ref)) == ["rich_text", "image", "rich_text"]
    _, shown, _ = stage.message(ref)["blocks"]
    (given,) = stage.rows("slack/file/")
    assert (shown["slack_file"], shown["alt_text"]) == ({"id": given["id"]}, "Bars")
    assert "channels" not in given
    await stage.slack.edit(place, ref, Message((CHART, Paragraph(TEXT)), TEXT))
    assert kinds(stage.message(ref)) == ["image", "rich_text"]
    await stage.slack.edit(place, ref, Message((Paragraph(TEXT),), TEXT))
    assert kinds(stage.message(ref)) == ["rich_text"]
    assert len(stage.rows("slack/file/")) == 1


async def test_a_picture_that_slack_never_takes_is_left_out(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words say the same, and come without it rather than never."""
    monkeypatch.setattr("adapters.slack.pictures.PATIENCE", 0.0)
    place = Place(Platform("slack"), stage.london)
    with pytest.raises(Busy):
        await stage.slack.post(place, SHOWN, "write-up 1")
    ref = await stage.slack.post(place, SHOWN, "write-up 1")
    assert kinds(stage.message(ref)) == ["rich_text", "rich_text"]
    assert await stage.slack.find(place, "write-up 1", stage.clock.now()) == ref
