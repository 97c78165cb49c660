/* A screen of your own in a hundred lines: walks a reset through resetd's local interface (docs/local-api.md).
 * Build: make -C docs/examples    Run: gui http://127.0.0.1:8080   or   gui unix:/run/resetkit/console.sock */
#include <cjson/cJSON.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static CURL *net;
static const char *base;
static char bearer[160], id[64];

static size_t keep(char *data, size_t one, size_t n, void *into) { /* collects an answer */
    char **text = into;
    size_t had = *text ? strlen(*text) : 0;
    char *more = realloc(*text, had + one * n + 1);
    if (!more) return 0;
    memcpy(more + had, data, one * n);
    more[had + one * n] = 0;
    *text = more;
    return one * n;
}

static cJSON *ask(const char *path, cJSON *body) { /* GET, or POST where there is a body; answers parsed JSON */
    char url[512], *answer = NULL, *sent = body ? cJSON_PrintUnformatted(body) : NULL;
    struct curl_slist *head = curl_slist_append(NULL, "Content-Type: application/json");
    int local = strncmp(base, "unix:", 5) == 0;
    head = curl_slist_append(head, bearer[0] ? bearer : "Accept: application/json");
    snprintf(url, sizeof url, "%s%s", local ? "http://device" : base, path);
    curl_easy_reset(net);
    curl_easy_setopt(net, CURLOPT_URL, url);
    if (local) curl_easy_setopt(net, CURLOPT_UNIX_SOCKET_PATH, base + 5);
    curl_easy_setopt(net, CURLOPT_HTTPHEADER, head);
    if (sent) curl_easy_setopt(net, CURLOPT_POSTFIELDS, sent);
    curl_easy_setopt(net, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(net, CURLOPT_WRITEDATA, &answer);
    CURLcode fault = curl_easy_perform(net);
    if (fault) fprintf(stderr, "%s: %s\n", url, curl_easy_strerror(fault)), exit(1);
    cJSON *read = cJSON_Parse(answer);
    free(answer), free(sent), cJSON_Delete(body), curl_slist_free_all(head);
    return read;
}

static const char *text(const cJSON *of, const char *name) {
    const char *words = cJSON_GetStringValue(cJSON_GetObjectItem(of, name));
    return words ? words : "";
}

static cJSON *tell(const char *event, const char *field, const char *value) { /* what the owner does → the next view */
    char path[128];
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "event", event);
    if (field) cJSON_AddStringToObject(body, field, value);
    snprintf(path, sizeof path, "/api/v0/resets/%s/events", id);
    return ask(path, body);
}

static char *type(const char *question) { /* one line of the owner's */
    static char line[512];
    printf("%s> ", question), fflush(stdout);
    if (!fgets(line, sizeof line, stdin)) exit(1);
    line[strcspn(line, "\r\n")] = 0;
    return line;
}

static void draw(const cJSON *view) {
    const cJSON *shown = cJSON_GetObjectItem(view, "shown"), *failure = cJSON_GetObjectItem(view, "failure"), *one, *line;
    const cJSON *qr = cJSON_GetObjectItem(view, "qr");
    printf("\n[%s] %s\n", text(view, "step"), text(shown, "title"));
    if (*text(failure, "code")) printf("! %s %s %s\n", text(failure, "code"), text(failure, "text"), text(failure, "next_step"));
    cJSON_ArrayForEach(one, cJSON_GetObjectItem(view, "flaws")) printf("! %s %s\n", text(one, "code"), text(one, "text"));
    if (*text(view, "case_code")) printf("  case code %s\n", text(view, "case_code"));
    cJSON_ArrayForEach(one, cJSON_GetObjectItem(shown, "parts")) {
        if (!strcmp(text(one, "kind"), "qr")) printf("\033[97;40m%s\033[0m\n%s\n", text(qr, "half_blocks"), text(qr, "text"));
        cJSON_ArrayForEach(line, cJSON_GetObjectItem(one, "lines")) printf("  - %s\n", cJSON_GetStringValue(line));
        if (strcmp(text(one, "kind"), "qr") && *text(one, "text")) printf("  %s\n", text(one, "text"));
    }
    cJSON_ArrayForEach(one, cJSON_GetObjectItem(view, "offers"))
        printf("  %s: %s. %s\n", text(one, "method"), text(one, "name"), text(one, "loss_text"));
    fflush(stdout);
}

static cJSON *wait_for_more(const cJSON *view) { /* long poll: answers when something changed, or after 25 s */
    char path[160];
    int revision = cJSON_GetNumberValue(cJSON_GetObjectItem(view, "revision"));
    snprintf(path, sizeof path, "/api/v0/resets/%s?after=%d&wait=25", id, revision);
    return ask(path, NULL);
}

int main(int count, char **args) {
    if (count != 2) return fprintf(stderr, "gui http://ADDRESS | unix:SOCKET\n"), 2;
    base = args[1], net = curl_easy_init();
    cJSON *opened = ask("/api/v0/resets", cJSON_CreateObject()), *view = cJSON_DetachItemFromObject(opened, "view");
    if (!view) return fprintf(stderr, "%s %s\n", text(opened, "code"), text(opened, "detail")), 1;
    snprintf(bearer, sizeof bearer, "Authorization: Bearer %s", text(opened, "token"));
    snprintf(id, sizeof id, "%s", text(opened, "id"));
    for (;;) {
        const char *step = text(view, "step");
        cJSON *next;
        if (*text(view, "code")) { printf("! %s %s\n", text(view, "code"), text(view, "detail")); return 1; }
        draw(view);
        if (cJSON_IsTrue(cJSON_GetObjectItem(view, "waiting")) || !strcmp(step, "hold-button")) next = wait_for_more(view);
        else if (!strcmp(step, "notice") || !strcmp(step, "confirm-loss")) type("Enter goes on"), next = tell("acknowledge", NULL, NULL);
        else if (!strcmp(step, "choose-method")) next = tell("choose", "method", type("which way"));
        else if (!strcmp(step, "choose-new-password")) next = tell("set-password", "password", type("new password"));
        else if (!strcmp(step, "enter-code")) {
            char *typed = type("code, or another-way, no-mail, new-code, cancel");
            int word = !strcmp(typed, "another-way") || !strcmp(typed, "no-mail") || !strcmp(typed, "new-code") || !strcmp(typed, "cancel");
            next = word ? tell(typed, NULL, NULL) : tell("type-code", "code", typed);
        } else return strcmp(step, "done") && strcmp(step, "factory-state"); /* the end: 0 where the owner is back in */
        cJSON_Delete(view), view = next;
        if (!view) return 1;
    }
}
