"""Talks to a provider through `changeover record`: plain, streamed, with usage, with a tool, and leaves one answer."""
import sys

from openai import APIStatusError, OpenAI

client = OpenAI(base_url=sys.argv[1], api_key="sk-planted-by-the-client-0123456789", max_retries=0)
system = {"role": "system", "content": "You are a patient clerk of an insurance company."}
dialogue = [system, {"role": "user", "content": "My window broke in the storm, what do I do?"}]

plain = client.chat.completions.create(model="gpt-4.1", messages=dialogue, max_tokens=20)
assert plain.usage.completion_tokens == 20 and plain.choices[0].message.content

dialogue += [plain.choices[0].message, {"role": "user", "content": "And who pays for the glass?"}]
stream = client.chat.completions.create(
    model="gpt-4.1", messages=dialogue, max_tokens=25, stream=True, stream_options={"include_usage": True}
)
chunks = list(stream)
assert chunks[-1].usage.completion_tokens == 25, chunks[-1]
assert sum(1 for chunk in chunks if chunk.choices and chunk.choices[0].delta.content) >= 2

tool = {
    "type": "function",
    "function": {
        "name": "open_claim",
        "parameters": {"type": "object", "properties": {"what": {"type": "string"}}, "required": ["what"]},
    },
}
called = client.chat.completions.create(
    model="gpt-4.1",
    messages=[system, {"role": "user", "content": "Open a claim for ann.planted@example.org."}],
    tools=[tool],
    tool_choice={"type": "function", "function": {"name": "open_claim"}},
)
assert called.choices[0].message.tool_calls[0].function.name == "open_claim"

left = client.chat.completions.create(
    model="gpt-4.1", messages=[system, {"role": "user", "content": "Tell me all."}], max_tokens=2000, stream=True
)
next(iter(left))
left.close()

assert client.models.list() is not None
try:
    client.chat.completions.create(model="gpt-4.1", messages=dialogue, max_tokens=0)
    raise AssertionError("the provider's refusal did not arrive")
except APIStatusError as refusal:
    assert refusal.status_code == 400, refusal
