// Pays the visit of e2e/clients/visit.ts with the official Go client and prints it as JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"sync/atomic"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type request struct {
	Name      string         `json:"name"`
	Arguments map[string]any `json:"arguments"`
}

type errand struct {
	Tool   request `json:"tool"`
	Prompt struct {
		Name      string            `json:"name"`
		Arguments map[string]string `json:"arguments"`
	} `json:"prompt"`
	Resource    string         `json:"resource"`
	Template    string         `json:"template"`
	Progress    request        `json:"progress"`
	Elicitation request        `json:"elicitation"`
	Answer      map[string]any `json:"answer"`
}

type withKey struct{ key string }

func (w withKey) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.Header.Set("Authorization", "Bearer "+w.key)
	return http.DefaultTransport.RoundTrip(req)
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func text(result *mcp.CallToolResult) string {
	return result.Content[0].(*mcp.TextContent).Text
}

func main() {
	url, key, version := os.Args[1], os.Args[2], os.Args[3]
	var plan errand
	must(0, json.Unmarshal([]byte(os.Args[4]), &plan))
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	var progress atomic.Int64
	client := mcp.NewClient(&mcp.Implementation{Name: "e2e-go", Version: "1"}, &mcp.ClientOptions{
		ElicitationHandler: func(context.Context, *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
			return &mcp.ElicitResult{Action: "accept", Content: plan.Answer}, nil
		},
		ProgressNotificationHandler: func(context.Context, *mcp.ProgressNotificationClientRequest) {
			progress.Add(1)
		},
	})
	transport := &mcp.StreamableClientTransport{Endpoint: url, HTTPClient: &http.Client{Transport: withKey{key}}}
	session := must(client.Connect(ctx, transport, &mcp.ClientSessionOptions{ProtocolVersion: version}))
	defer session.Close()

	tools := []string{}
	for tool, err := range session.Tools(ctx, nil) {
		tools = append(tools, must(tool, err).Name)
	}
	call := func(what request) *mcp.CallToolResult {
		params := &mcp.CallToolParams{Name: what.Name, Arguments: what.Arguments}
		if what.Name == plan.Progress.Name {
			params.SetProgressToken("progress-1")
		}
		return must(session.CallTool(ctx, params))
	}
	called := text(call(plan.Tool))
	prompt := must(session.GetPrompt(ctx, &mcp.GetPromptParams{Name: plan.Prompt.Name, Arguments: plan.Prompt.Arguments}))
	resource := must(session.ReadResource(ctx, &mcp.ReadResourceParams{URI: plan.Resource}))
	template := must(session.ReadResource(ctx, &mcp.ReadResourceParams{URI: plan.Template}))
	call(plan.Progress)
	elicited := text(call(plan.Elicitation))
	out := must(json.Marshal(map[string]any{
		"tools":    tools,
		"called":   called,
		"prompt":   prompt.Messages[0].Content.(*mcp.TextContent).Text,
		"resource": resource.Contents[0].Text,
		"template": template.Contents[0].Text,
		"progress": progress.Load(),
		"elicited": elicited,
	}))
	fmt.Println(string(out))
}
