package duvomock

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"testing"
	"time"
)

// call sends one request and reads its JSON.
func call(t *testing.T, method, url, key, body string) (int, map[string]any) {
	t.Helper()
	request, _ := http.NewRequest(method, url, bytes.NewBufferString(body))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+key)
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	answer := map[string]any{}
	if err := json.NewDecoder(reply.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return reply.StatusCode, answer
}

func TestCreatesAConnection(t *testing.T) {
	url, _, stop, err := Start("--log", "off")
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	_, space := call(t, "POST", url+"/_mock/spaces", "", `{"fixtures": "empty"}`)
	base, key := space["base_url"].(string), space["api_key"].(string)
	status, made := call(t, "POST", base+"/v1/connections", key, `{"name": "Ours", "provider": "user", "auth_method": "url"}`)
	if status != 201 || made["name"] != "Ours" {
		t.Errorf("%d %v", status, made)
	}
	status, verified := call(t, "POST", base+"/_mock/verify", "", `{"match": {"operation": "createConnection"}, "count": 1}`)
	if status != 200 {
		t.Error(verified["message"])
	}
}

func TestSaysWhyItDidNotStart(t *testing.T) {
	if _, _, _, err := Start("--prot", "1"); err == nil {
		t.Error("it started")
	}
}

// TestWaits is killed from outside, to see that the server goes, too.
func TestWaits(t *testing.T) {
	if os.Getenv("WAIT") == "" {
		t.Skip("for what kills it")
	}
	url, _, _, err := Start("--log", "off")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(url)
	time.Sleep(time.Minute)
}
