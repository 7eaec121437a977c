// The simulator's peer: the same models by hand over std::priority_queue, with nothing measured but a mean.
// Prints millions of events for each second of processor time.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <deque>
#include <queue>
#include <random>
#include <vector>

struct Event { double time; unsigned long long sequence; int kind; int arg; };
struct Later {
  bool operator()(const Event& a, const Event& b) const {
    return a.time > b.time || (a.time == b.time && a.sequence > b.sequence);
  }
};
using Queue = std::priority_queue<Event, std::vector<Event>, Later>;

static std::mt19937_64 bits(1);
static std::exponential_distribution<double> one(1.0);
static double exponential(double mean) { return mean * one(bits); }

// One server at load 0.8: events are arrivals and departures.
static double mm1(long most) {
  Queue queue;
  std::deque<double> waiting;
  unsigned long long sequence = 0;
  double sum = 0, serving = 0;
  long done = 0;
  bool busy = false;
  queue.push({exponential(1.25), sequence++, 0, 0});
  for (long n = 0; n < most; n++) {
    Event event = queue.top();
    queue.pop();
    double now = event.time;
    if (event.kind == 0) {
      queue.push({now + exponential(1.25), sequence++, 0, 0});
      if (busy) waiting.push_back(now);
      else { busy = true; serving = now; queue.push({now + exponential(1), sequence++, 1, 0}); }
    } else {
      sum += now - serving;
      done++;
      if (waiting.empty()) busy = false;
      else { serving = waiting.front(); waiting.pop_front(); queue.push({now + exponential(1), sequence++, 1, 0}); }
    }
  }
  return sum / done;
}

// Six hops over twelve stations at load 0.7, 10,000 requests a second, and 10,000 events pending: with a timeout of one
// second for each request, which stays until it is due, or with a wait of one second on average after the last hop.
static double hops(long most, bool waits) {
  struct Request { double start; int hop; int first; bool done; };
  std::vector<Request> requests;
  std::vector<int> spare;
  std::vector<std::deque<int>> lines(12);
  std::vector<char> busy(12, 0);
  Queue queue;
  unsigned long long sequence = 0;
  double sum = 0;
  long done = 0;
  const double mean = 0.7 / 5000;
  auto enter = [&](int request, double now) {
    int station = requests[request].first + 2 * requests[request].hop;
    if (busy[station]) lines[station].push_back(request);
    else { busy[station] = 1; queue.push({now + exponential(mean), sequence++, 1, request}); }
  };
  queue.push({exponential(1e-4), sequence++, 0, 0});
  for (long n = 0; n < most; n++) {
    Event event = queue.top();
    queue.pop();
    double now = event.time;
    if (event.kind == 0) {
      queue.push({now + exponential(1e-4), sequence++, 0, 0});
      int request;
      if (spare.empty()) { request = (int)requests.size(); requests.push_back({}); }
      else { request = spare.back(); spare.pop_back(); }
      requests[request] = {now, 0, (int)(bits() & 1), false};
      if (!waits) queue.push({now + 1, sequence++, 2, request});
      enter(request, now);
    } else if (event.kind == 2) {
      spare.push_back(event.arg);
    } else if (event.kind == 3) {
      sum += now - requests[event.arg].start;
      done++;
      spare.push_back(event.arg);
    } else {
      Request& request = requests[event.arg];
      int station = request.first + 2 * request.hop;
      if (lines[station].empty()) busy[station] = 0;
      else { queue.push({now + exponential(mean), sequence++, 1, lines[station].front()}); lines[station].pop_front(); }
      if (++request.hop < 6) enter(event.arg, now);
      else if (waits) queue.push({now + exponential(1), sequence++, 3, event.arg});
      else { request.done = true; sum += now - request.start; done++; }
    }
  }
  return sum / done;
}

int main(int argc, char** argv) {
  long most = argc > 2 ? std::atol(argv[2]) : 10000000;
  std::clock_t start = std::clock();
  const char* shape = argc > 1 ? argv[1] : "mm1";
  double mean = std::strcmp(shape, "mm1") == 0 ? mm1(most) : hops(most, std::strcmp(shape, "waits") == 0);
  double seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
  std::printf("{\"millions\": %.4f, \"mean\": %.6f}\n", most / seconds / 1e6, mean);
}
