from urllib.parse import parse_qsl

from hypothesis import example, given
from hypothesis import strategies as st

from app.api.fast_route import _pairs

# What a request line can hold: no spaces, no control characters, and no fragment.
QUERY = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="#")).map(str.encode)


@given(
    QUERY
    | st.lists(st.sampled_from(["q", "=", "&", "+", "%", "%20", "%C3%A9", "%ff", "%00", ";", "a"])).map(
        lambda parts: "".join(parts).encode()
    )
)
@example(b"q=%22to+be%22&book=a&book=b&limit=")
@example("q=é".encode())
def test_a_query_string_is_read_as_urllib_reads_it(query: bytes) -> None:
    assert _pairs(query) == parse_qsl(query.decode("latin-1"), keep_blank_values=True)
