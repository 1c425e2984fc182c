"""The limits of a client: rate, retries, times and sizes. Each is also a setting with its name."""

from pydantic import BaseModel, ConfigDict, Field


class HttpLimits(BaseModel):
    """Rate, retries, times and sizes of fetching."""

    model_config = ConfigDict(frozen=True)

    contact: str = Field(
        default="",
        max_length=200,
        pattern=r"^[ -~]*$",
        description="An address or page at which the site's owners can reach whoever runs this: goes into User-Agent.",
    )
    requests_per_second: float = Field(default=1, gt=0, description="The rate limit: at most so many to one host.")
    tries: int = Field(default=4, ge=1, description="How often a request is made that fails for a passing reason.")
    seconds_before_retry: float = Field(
        default=2, ge=0, description="The backoff before the first retry; then doubled, with jitter."
    )
    seconds_of_silence: float = Field(default=30, gt=0, description="A connection that is silent so long is closed.")
    seconds_per_request: float = Field(default=180, gt=0, description="An answer must be whole by then.")
    longest_retry_after: float = Field(
        default=600, ge=0, description="Seconds. A host that asks for a longer wait is left alone for the whole run."
    )
    max_page_bytes: int = Field(default=5_000_000, ge=1, description="A larger page is not read.")
    max_download_bytes: int = Field(default=50_000_000, ge=1, description="A larger file is not fetched.")
    recheck_days: float = Field(default=30, ge=0, description="A held file is fetched whole again after so long.")
