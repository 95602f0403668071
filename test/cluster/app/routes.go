package main

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", about)
	mux.HandleFunc("/healthz", healthy)
	mux.HandleFunc("/readyz", ready)
	mux.HandleFunc("/env/", environment)
	mux.HandleFunc("/file", file)
	mux.HandleFunc("/call", call)
	return mux
}

// FOLDERS names, with colons between, the folders whose files are shown.
func about(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("content-type", "application/json")
	host, _ := os.Hostname()
	_ = json.NewEncoder(w).Encode(map[string]any{
		"name": name(), "version": text("APP_VERSION", "1"), "host": host, "args": os.Args[1:],
		"uptime_s": int(time.Since(started).Seconds()), "env": shownEnvironment(), "files": filesUnder(text("FOLDERS", "")),
	})
}

func healthy(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") }

func ready(w http.ResponseWriter, _ *http.Request) {
	if !isReady() {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	_, _ = io.WriteString(w, "ready\n")
}

func environment(w http.ResponseWriter, r *http.Request) {
	value, given := os.LookupEnv(strings.TrimPrefix(r.URL.Path, "/env/"))
	if !given {
		http.NotFound(w, r)
		return
	}
	_, _ = io.WriteString(w, value)
}

func file(w http.ResponseWriter, r *http.Request) {
	content, err := os.ReadFile(r.URL.Query().Get("path"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	_, _ = w.Write(content)
}

// Passes on what another service answers, found by its name.
func call(w http.ResponseWriter, r *http.Request) {
	answer, err := caller.Get(r.URL.Query().Get("url"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	w.WriteHeader(answer.StatusCode)
	_, _ = io.Copy(w, io.LimitReader(answer.Body, 1<<20))
}

// Go's own resolver: an image from scratch has no other.
var caller = &http.Client{
	Timeout: 5 * time.Second,
	Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return (&net.Dialer{Resolver: &net.Resolver{PreferGo: true}}).DialContext(ctx, network, address)
		},
	},
}

// Everything may be secret but what is named for showing.
func shownEnvironment() map[string]string {
	shown := map[string]string{}
	for _, pair := range os.Environ() {
		key, value, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(key, "APP_") || os.Getenv("SHOW_ENV") == "all" {
			shown[key] = value
		}
	}
	return shown
}

func filesUnder(folders string) map[string]string {
	found := map[string]string{}
	for _, folder := range filepath.SplitList(folders) {
		entries, _ := os.ReadDir(folder)
		for _, entry := range entries {
			path := filepath.Join(folder, entry.Name())
			// A mounted ConfigMap holds links into a folder of its own, whose name begins with dots.
			if content, err := os.ReadFile(path); err == nil && !strings.HasPrefix(entry.Name(), "..") {
				found[path] = string(content)
			}
		}
	}
	return found
}
