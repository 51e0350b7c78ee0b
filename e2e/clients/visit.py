"""Pays the visit of e2e/clients/visit.ts with the official Python client and prints it as JSON."""

import asyncio
import json
import sys

from mcp import Client
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client
from mcp.types import ElicitResult


async def main(url: str, key: str, mode: str, errand: dict) -> None:
    progress = 0

    async def on_progress(*_: object) -> None:
        nonlocal progress
        progress += 1

    async def answer(*_: object) -> ElicitResult:
        return ElicitResult(action="accept", content=errand["answer"])

    def text(result: object) -> str:
        return result.content[0].text

    async with create_mcp_http_client(headers={"Authorization": f"Bearer {key}"}) as http:
        transport = streamable_http_client(url, http_client=http)
        async with Client(transport, mode=mode, elicitation_callback=answer) as client:
            tools = await client.list_tools()
            called = await client.call_tool(errand["tool"]["name"], errand["tool"]["arguments"])
            prompt = await client.get_prompt(errand["prompt"]["name"], errand["prompt"]["arguments"])
            resource = await client.read_resource(errand["resource"])
            template = await client.read_resource(errand["template"])
            await client.call_tool(errand["progress"]["name"], {}, progress_callback=on_progress)
            asked = await client.call_tool(errand["elicitation"]["name"], errand["elicitation"]["arguments"])
            print(
                json.dumps(
                    {
                        "tools": [tool.name for tool in tools.tools],
                        "called": text(called),
                        "prompt": prompt.messages[0].content.text,
                        "resource": resource.contents[0].text,
                        "template": template.contents[0].text,
                        "progress": progress,
                        "elicited": text(asked),
                    }
                )
            )


asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4])))
